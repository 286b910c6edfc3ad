"""What a count tells, as dataclasses that turn into JSON.

Sums of money are `Decimal`, in the file's currency unit, and become numbers, whole ones without a point.
Exact rationals are `Fraction` and become {"exact": "p/q", "decimal": …}, so that nothing is lost and a reader
has something to read. Sentences are made elsewhere, from the codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

DECIMALS = 6


def plain(value: Any) -> Any:
    """`value` as what JSON knows."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Decimal):
        return money_number(value)
    if isinstance(value, Fraction):
        return {"exact": str(value), "decimal": float(round(value, DECIMALS))}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def money_number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


class Report:
    """A dataclass of results."""

    def to_dict(self) -> dict[str, Any]:
        tree: dict[str, Any] = plain(self)
        return tree
