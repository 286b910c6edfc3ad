"""Within which bounds the price of a project lies, by floating point numbers that are known to hold.

The price of a project is the least ρ with Σ min(b, ρ·v) = cost over its supporters, b being what is left in
a supporter's purse and v the value given. Every b is known to lie between a low and a high float, and from
these follow bounds of ρ: with the highs the supporters pay at least as much at each ρ as they really do, so
the ρ at which those pay the cost is too low, or right; with the lows too high, or right. Where two bounds
leave a question open it is settled by exact numbers (ledger.py); where they answer it, the exact numbers
would say the same.

Rounding: a sum or product of floats is off by 2⁻⁵³ of itself at most. `ULP` is twice that, and each bound is
moved outwards by more of them than there are operations behind it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import mul

ULP = 2.0**-52


class Part:
    """The supporters who gave a project the same value: kinds of purse, their voters, the bounds of each."""

    __slots__ = ("_low", "_lows", "highs", "kinds", "value", "voters")

    def __init__(
        self, value: int, voters_of: Mapping[int, int], low: Sequence[float], high: Sequence[float]
    ) -> None:
        self.value = value
        self.kinds = list(voters_of)
        self.voters = list(voters_of.values())
        self.highs = [high[kind] for kind in self.kinds]
        self._low = low
        self._lows: list[float] | None = None

    @property
    def lows(self) -> list[float]:
        """Looked up when first asked for: most projects are seen to be too dear by the highs alone."""
        if self._lows is None:
            self._lows = [self._low[kind] for kind in self.kinds]
        return self._lows


class Backing:
    """The purses behind a project at one moment."""

    __slots__ = ("amount", "cost", "parts", "slack")

    def __init__(
        self,
        cost: int,
        counted: Sequence[tuple[int, Mapping[int, int]]],
        low: Sequence[float],
        high: Sequence[float],
    ) -> None:
        self.cost = cost
        self.amount = float(cost)
        self.parts = [Part(value, voters_of, low, high) for value, voters_of in counted]
        self.slack = (16 + sum(len(part.kinds) for part in self.parts)) * ULP

    def full_price(self) -> Fraction | None:
        """The price if everybody whose purse is not empty can certainly pay in full: it is exact then."""
        values = sum(part.value * sum(part.voters) for part in self.parts)
        if not values:
            return None
        price = self.amount / values * (1 + 4 * ULP)
        if any(min(part.lows) < price * part.value for part in self.parts if part.voters):
            return None
        return Fraction(self.cost, values)

    def too_poor(self) -> bool:
        """Whether all that the supporters have is certainly not enough."""
        most = sum(sum(map(mul, part.highs, part.voters)) for part in self.parts)
        return most * (1 + self.slack) < self.amount * (1 - ULP)

    def price_at_least(self, price: float, enough: float) -> float:
        """A lower bound, from the lower bound `price` upwards, as good as it gets or above `enough`.

        Whichever purses are taken as poor (they pay all they have) and the others as rich (they pay price ×
        value): the price at which these pay the cost together is never above the true one. So each round
        takes as poor those who could not pay the bound found last, which raises it until nothing moves.
        """
        while True:
            paid, values = 0.0, 0
            for part in self.parts:
                due, rich = price * part.value, 0
                for high, number in zip(part.highs, part.voters, strict=True):
                    if high <= due:
                        paid += high * number
                    else:
                        rich += number
                values += part.value * rich
            if not values:
                return price
            raised = (self.amount * (1 - self.slack) - paid * (1 + self.slack)) / values * (1 - 4 * ULP)
            if raised <= price * (1 + 4 * ULP) or raised > enough:
                return max(price, raised)
            price = raised

    def price_at_most(self, price: float) -> float:
        """An upper bound, by the same steps with the lows; infinite if these bounds give none."""
        # From where the lower bound is as good as it gets, one step is mostly enough.
        price *= 1 + 8 * self.slack
        parts = [(part.value, part.voters, part.lows) for part in self.parts]
        while True:
            paid, values = 0.0, 0
            for value, voters, lows in parts:
                due, rich = price * value, 0
                for low, number in zip(lows, voters, strict=True):
                    if low <= due:
                        paid += low * number
                    else:
                        rich += number
                values += value * rich
            if not values:
                return math.inf
            raised = (self.amount * (1 + self.slack) - paid * (1 - self.slack)) / values * (1 + 4 * ULP)
            if raised <= price:
                return price
            price = raised

    def paid_at_least(self, price: float) -> float:
        """A lower bound of what the supporters pay together at this price, or one that was rounded to it."""
        together = sum(paid(part.value * price, part.lows, part.voters) for part in self.parts)
        return together * (1 - self.slack)

    def paid_at_most(self, price: float) -> float:
        together = sum(paid(part.value * price, part.highs, part.voters) for part in self.parts)
        return together * (1 + self.slack)


def paid(due: float, purses: Sequence[float], voters: Sequence[int]) -> float:
    return sum(map(mul, [purse if purse < due else due for purse in purses], voters))
