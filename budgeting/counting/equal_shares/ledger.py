"""The exact books of a count: every price paid and the content of every kind of purse, as whole numbers.

All amounts after purchase r are multiples of 1/D_r, where D_0 is the denominator of the share and D_r =
D_{r−1} times the values of those who paid the full price, less what cancels. So no rational is ever
reduced.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from budgeting.counting import exact
from budgeting.counting.equal_shares.prices import ULP, Backing
from budgeting.counting.equal_shares.purses import Birth, Purses


class Ledger:
    """Keeps up with the purses when asked, since most counts are decided without it."""

    def __init__(self, purses: Purses, share: Fraction) -> None:
        self.integer = exact.arithmetic().integer
        self.purses = purses
        self._births = 0
        self.denominators: list[Any] = [self.integer(share.denominator)]
        # What is in a purse of each kind, over the denominator after the purchase that it was born in.
        self.content: list[Any] = [self.integer(0), self.integer(share.numerator)]
        # The purchase that each kind was born in.
        self.born = [0, 0]
        # For each purchase its price, over the denominator after it.
        self.prices: list[Any] = []

    def settle(self) -> None:
        """Book the purchases made since the last time."""
        for purchase in self.purses.purchases[len(self.prices) :]:
            due, values = self._due(purchase.backing, purchase.low, purchase.high)
            common = math.gcd(int(due), int(values))
            self.prices.append(due // common)
            self.denominators.append(self.denominators[-1] * (values // common))
            while self._births < len(self.purses.births) and self._birth.purchase == len(self.prices):
                self._pay()

    @property
    def _birth(self) -> Birth:
        return self.purses.births[self._births]

    def _pay(self) -> None:
        """What the kinds born next have left."""
        parents, value = self.purses.parent, self._birth.value
        self._births += 1
        end = self._birth.first if self._births < len(self.purses.births) else len(parents)
        factor, due = self._factors(), self.prices[-1] * value
        for kind in range(len(self.content), end):
            parent = parents[kind]
            left = self.content[parent] * factor[self.born[parent]] - due
            self.content.append(left if left > 0 else self.integer(0))
            self.born.append(len(self.prices))
            self._narrow(kind)

    def _factors(self) -> list[Any]:
        """By what an amount is multiplied to stand over the last denominator, by the purchase it is of."""
        return [self.denominators[-1] // earlier for earlier in self.denominators]

    def _narrow(self, kind: int) -> None:
        """What is known exactly needs no wide bounds."""
        content = float(self.content[kind] / self.denominators[-1])
        self.purses.low[kind], self.purses.high[kind] = content * (1 - ULP), content * (1 + ULP)

    def _due(self, backing: Backing, low: float, high: float) -> tuple[Any, Any]:
        """The price of what is backed, as (due, values): due / (values × the last denominator).

        The purses certainly below the price are poor, those certainly above it rich; any between are taken
        as rich first, and as poor once the price so found is more than they can pay.
        """
        factor = self._factors()
        due = self.integer(backing.cost) * self.denominators[-1]
        values = 0
        open_kinds = []
        for part in backing.parts:
            value = part.value
            surely_poor, surely_rich = low * value * (1 - 4 * ULP), high * value * (1 + 4 * ULP)
            for kind, number, least, most in zip(part.kinds, part.voters, part.lows, part.highs, strict=True):
                if most <= surely_poor:
                    due -= number * self._content(kind, factor)
                    continue
                values += value * number
                if least < surely_rich:
                    open_kinds.append((value, number, self._content(kind, factor)))
        poor = True
        while poor:
            poor, still_open = False, []
            for value, number, content in open_kinds:
                if content * values < due * value:
                    poor = True
                    due -= number * content
                    values -= value * number
                else:
                    still_open.append((value, number, content))
            open_kinds = still_open
        return due, values

    def _content(self, kind: int, factor: list[Any]) -> Any:
        return self.content[kind] * factor[self.born[kind]]

    def price(self, backing: Backing, low: float, high: float) -> Fraction:
        """What a project would cost per unit of value now."""
        self.settle()
        due, values = self._due(backing, low, high)
        return exact.fraction(due) / exact.fraction(values * self.denominators[-1])

    def money(self, backing: Backing) -> Fraction:
        """What the supporters have left now."""
        self.settle()
        factor = self._factors()
        total = self.integer(0)
        for part in backing.parts:
            for kind, number in zip(part.kinds, part.voters, strict=True):
                total += number * self._content(kind, factor)
        return exact.fraction(total) / exact.fraction(self.denominators[-1])
