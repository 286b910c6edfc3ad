"""The highest cost at which a count of Equal Shares would buy a project that it did not buy.

A project that is not bought is paid by nobody. So the purses stay what they are until it would have the
least ρ, which a lower cost can make it in an earlier round; or until no other project can be paid and the
supporters still have that lower cost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from budgeting.counting import exact
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.prices import Backing
from budgeting.counting.equal_shares.purses import Counted
from budgeting.counting.explanation.search import greatest
from budgeting.counting.parameters import Utility


class Absence:
    """The rounds of a settled count with every purse kept, in which the project at `place` buys nothing."""

    def __init__(self, count: Count, place: int, at_the_end: Counted, money: list[Fraction]) -> None:
        """`money` is what the supporters have after each purchase, 0 first."""
        self.count = count
        self.contest = count.market.contest
        self.place = place
        self.money = money
        self._kinds = at_the_end
        purchases = count.purses.purchases
        worth = count.market.worth
        self.ratios = [
            exact.fraction(price) / exact.fraction(denominator) / worth[purchase.place]
            for price, denominator, purchase in zip(
                count.ledger.prices, count.ledger.denominators[1:], purchases, strict=True
            )
        ]

    def cheaper(self) -> int:
        """From the end back to the first round; what costs nothing is always bought."""
        highest = 0
        kinds = self._kinds
        for number in range(len(self.ratios), -1, -1):
            most = min(self.contest.cost[self.place] - 1, int(self.money[number]))
            if highest < most:
                highest = self._greatest(highest + 1, most, number, kinds) or highest
            if number:
                kinds = [(value, self._before(number, voters_of)) for value, voters_of in kinds]
        return highest

    def _greatest(self, low: int, high: int, number: int, kinds: Counted) -> int | None:
        purses = self.count.purses
        backing = Backing(0, kinds, purses.low, purses.high)
        return greatest(low, high, lambda cost: self._buys(cost, number, kinds, backing))

    def _before(self, purchase: int, voters_of: Mapping[int, int]) -> dict[int, int]:
        """The kinds of purse before that purchase, where `voters_of` is after it."""
        born, parent = self.count.ledger.born, self.count.purses.parent
        before: dict[int, int] = {}
        for kind, voters in voters_of.items():
            earlier = parent[kind] if born[kind] == purchase else kind
            before[earlier] = before.get(earlier, 0) + voters
        return before

    def _buys(self, cost: int, number: int, kinds: Counted, backing: Backing) -> bool:
        """Whether the project would be bought at this cost after `number` purchases."""
        if number == len(self.ratios):
            return cost <= self.money[number]
        rival = self.ratios[number] * (cost if self.contest.parameters.utility is Utility.COST else 1)
        # Its price is lower than that if the supporters would pay more than the cost at it.
        least, most = backing.paid_at(float(rival))
        if least > cost or most < cost:
            return least > cost
        purses = self.count.purses
        price = self.count.ledger.price(Backing(cost, kinds, purses.low, purses.high), 0.0, math.inf)
        if price != rival:
            return price < rival
        winner = purses.purchases[number].place
        return self.contest.ties.rank(self.place, cost) < self.contest.ties.rank(winner)
