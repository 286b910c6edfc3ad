"""Exact numbers: gmpy2's where it is installed, the standard library's otherwise; the same results.

Nothing is ever rounded on the way to a decision. What leaves a rule is `int`, `Fraction` or `Decimal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

try:
    import gmpy2
except ImportError:
    gmpy2 = None


@dataclass(frozen=True)
class Arithmetic:
    """`integer(n)` and `rational(numerator, denominator)` of one library; both behave as Python's own."""

    name: str
    integer: Callable[[int], Any]
    rational: Callable[[int, int], Any]


STANDARD_LIBRARY = Arithmetic("standard library", int, Fraction)
GMPY2 = Arithmetic("gmpy2", gmpy2.mpz, gmpy2.mpq) if gmpy2 else None

_chosen: ContextVar[Arithmetic] = ContextVar("arithmetic", default=GMPY2 or STANDARD_LIBRARY)


def arithmetic() -> Arithmetic:
    return _chosen.get()


@contextmanager
def using(choice: Arithmetic) -> Iterator[None]:
    """Count with another library, as the tests and the figures do."""
    token = _chosen.set(choice)
    try:
        yield
    finally:
        _chosen.reset(token)


def fraction(numerator: Any, denominator: Any = 1) -> Fraction:
    """A Fraction of the standard library, whoever's integers or rationals are given."""
    return Fraction(
        int(numerator.numerator) * int(denominator.denominator),
        int(numerator.denominator) * int(denominator.numerator),
    )
