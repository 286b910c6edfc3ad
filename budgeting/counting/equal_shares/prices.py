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
from collections.abc import Sequence
from itertools import repeat
from operator import mul

ULP = 2.0**-52


# A value, and of each kind of purse of those who gave it: its number, how many voters, its bounds.
Part = tuple[int, list[int], list[int], list[float], list[float]]


class Backing:
    """The purses behind a project at one moment: for each value given, kinds of purse and their voters."""

    __slots__ = ("amount", "cost", "parts", "slack")

    def __init__(
        self,
        cost: int,
        counted: Sequence[tuple[int, dict[int, int]]],
        low: Sequence[float],
        high: Sequence[float],
    ) -> None:
        self.cost = cost
        self.amount = float(cost)
        self.parts: list[Part] = [
            (
                value,
                list(voters_of),
                list(voters_of.values()),
                [low[kind] for kind in voters_of],
                [high[kind] for kind in voters_of],
            )
            for value, voters_of in counted
        ]
        self.slack = (16 + sum(len(voters_of) for _, voters_of in counted)) * ULP

    def affordable(self) -> bool | None:
        """Whether all that the supporters have is enough; None if these bounds cannot tell."""
        least = sum(sum(map(mul, lows, voters)) for _, _, voters, lows, _ in self.parts)
        if least * (1 - self.slack) >= self.amount * (1 + ULP):
            return True
        most = sum(sum(map(mul, highs, voters)) for _, _, voters, _, highs in self.parts)
        return False if most * (1 + self.slack) < self.amount * (1 - ULP) else None

    def price_at_least(self, price: float, enough: float) -> float:
        """A lower bound, from the lower bound `price` upwards, as good as it gets or above `enough`.

        Whichever purses are taken as poor (they pay all they have) and the others as rich (they pay price ×
        value): the price at which these pay the cost together is never above the true one. So each round
        takes as poor those who could not pay the bound found last, which raises it until nothing moves.
        """
        while True:
            paid, values = 0.0, 0
            for value, _, voters, _, highs in self.parts:
                due, rich = price * value, 0
                for high, number in zip(highs, voters, strict=True):
                    if high <= due:
                        paid += high * number
                    else:
                        rich += number
                values += value * rich
            if not values:
                return price
            raised = (self.amount * (1 - self.slack) - paid * (1 + self.slack)) / values * (1 - 4 * ULP)
            if raised <= price * (1 + 4 * ULP) or raised > enough:
                return max(price, raised)
            price = raised

    def price_at_most(self, price: float) -> float:
        """An upper bound, by the same steps with the lows; infinite if these bounds give none."""
        while True:
            paid, values = 0.0, 0
            for value, _, voters, lows, _ in self.parts:
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

    def paid_at(self, price: float) -> tuple[float, float]:
        """Bounds of what the supporters pay together at (the exact number nearest to) this price."""
        least = most = 0.0
        for value, _, voters, lows, highs in self.parts:
            dues = repeat(price * value)
            least += sum(map(mul, map(min, lows, dues), voters))
            most += sum(map(mul, map(min, highs, dues), voters))
        return least * (1 - self.slack), most * (1 + self.slack)
