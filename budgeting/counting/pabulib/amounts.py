"""Numbers as they stand in a file: decimal digits, one point or comma; never a binary fraction."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from budgeting.counting.pabulib.errors import ErrorCode

# No exponents, no thousands separators, no digits of other scripts.
DECIMAL = re.compile(r"([+-]?)([0-9]+)(?:[.,]([0-9]+))?")


class NotANumber(ValueError):
    """`code` says why the text is not the number wanted, `expected` what would be, where it can be named."""

    def __init__(self, code: ErrorCode, *expected: str) -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


def parse_number(text: str, max_digits: int) -> Fraction:
    """The exact value. The length is looked at before anything is computed from it."""
    if not text:
        raise NotANumber(ErrorCode.MISSING_VALUE)
    match = DECIMAL.fullmatch(text)
    if match is None:
        raise NotANumber(ErrorCode.NOT_A_NUMBER)
    if len(text) > max_digits:
        raise NotANumber(ErrorCode.TOO_MANY_DIGITS, str(max_digits))
    sign, whole, decimals = match.groups(default="")
    return Fraction(int(sign + whole + decimals), 10 ** len(decimals))


def parse_amount(text: str, max_digits: int) -> Fraction:
    """A sum of money or a limit of points: not below zero."""
    number = parse_number(text, max_digits)
    if number < 0:
        raise NotANumber(ErrorCode.NEGATIVE)
    return number


def parse_count(text: str, max_digits: int) -> int:
    """How many; `4.0` is four."""
    number = parse_amount(text, max_digits)
    if number.denominator != 1:
        raise NotANumber(ErrorCode.NOT_WHOLE)
    return int(number)


def decimal_places(number: Fraction) -> int:
    """How many decimals `number` needs; NotANumber where no number of them is enough, as for a third."""
    rest = number.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    if rest != 1:
        raise NotANumber(ErrorCode.NOT_A_NUMBER)
    return max(twos, fives)


def minor_units(amounts: Iterable[Fraction]) -> int:
    """The least power of ten by which every amount becomes whole: 1 where all are whole, 100 for cents."""
    return 10 ** max(map(decimal_places, amounts), default=0)


def decimal_text(amount: int | Fraction, units: int = 1) -> str:
    """`amount` of minor units as the format writes it: a point, no exponent, no zeros at the end."""
    number = Fraction(amount) / units
    places = decimal_places(number)
    digits = str(abs(int(number * 10**places))).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if number < 0 else text
