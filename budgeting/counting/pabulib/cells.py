"""Cells of one row, read as what their column holds; what is wrong is noted with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from budgeting.counting.pabulib.amounts import DECIMAL, NotANumber
from budgeting.counting.pabulib.errors import ErrorCode, Findings, WarningCode
from budgeting.counting.pabulib.limits import Limits

Number = TypeVar("Number", int, Fraction)


def split_list(cell: str) -> list[str]:
    """The items of a list, blanks around them dropped; an empty cell is an empty list."""
    return [item.strip() for item in cell.split(",")] if cell else []


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands: line, number of the field, name of its column or its key."""

    line: int
    column: int
    field: str


@dataclass(frozen=True, slots=True)
class CellReader:
    findings: Findings
    limits: Limits

    def note(self, code: ErrorCode | WarningCode, place: Place, value: str, *expected: str) -> None:
        self.findings.add(code, place.line, place.column, place.field, value, expected)

    def with_point(self, cell: str, place: Place) -> str:
        """A decimal comma as a point. Noted, because `1,000` may have been meant as a thousand."""
        if "," not in cell or DECIMAL.fullmatch(cell) is None:
            return cell
        text = cell.replace(",", ".")
        self.note(WarningCode.DECIMAL_COMMA, place, cell, text)
        return text

    def number(self, parse: Callable[[str, int], Number], cell: str, place: Place) -> Number | None:
        """The number, or None with the error noted."""
        try:
            return parse(cell, self.limits.digits)
        except NotANumber as error:
            self.note(error.code, place, cell, *error.expected)
            return None

    def numbers(self, parse: Callable[[str, int], Number], cell: str, place: Place) -> tuple[Number, ...]:
        """A list of numbers, empty where one of them is wrong."""
        parsed = [self.number(parse, item, place) for item in self.text_list(cell, place)]
        return tuple(number for number in parsed if number is not None) if None not in parsed else ()

    def text_list(self, cell: str, place: Place) -> tuple[str, ...]:
        """The items of a list in META or PROJECTS, which are few."""
        items = split_list(cell)
        if len(items) > self.limits.items:
            self.note(ErrorCode.TOO_MANY_ITEMS, place, str(len(items)), str(self.limits.items))
            return ()
        if "" in items:
            self.note(WarningCode.EMPTY_ITEM, place, cell)
        return tuple(item for item in items if item)
