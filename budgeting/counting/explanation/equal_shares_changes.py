"""The highest cost at which a count of Equal Shares would buy a project that it did not buy.

A project that is not bought is paid by nobody. So the purses stay what they are until it would have the
least ρ, which a lower cost can make it in an earlier round; or until no other project can be paid and the
supporters still have that lower cost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from budgeting.counting import exact
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.prices import Backing
from budgeting.counting.equal_shares.purses import Counted
from budgeting.counting.explanation.search import greatest
from budgeting.counting.parameters import Utility

# For each value given, how many voters have each kind of purse.
Kinds = list[tuple[int, dict[int, int]]]


def ratios(count: Count) -> list[Fraction]:
    """ρ of each purchase."""
    ledger, worth = count.ledger, count.market.worth
    return [
        exact.fraction(price) / exact.fraction(denominator) / worth[purchase.place]
        for price, denominator, purchase in zip(
            ledger.prices, ledger.denominators[1:], count.purses.purchases, strict=True
        )
    ]


class Absence:
    """The rounds of a settled count with every purse kept, in which the project at `place` buys nothing.

    `rivals` are the ratios of the count, `money` is what the supporters have after each purchase, 0 first.
    """

    def __init__(
        self,
        count: Count,
        place: int,
        at_the_end: Counted,
        money: Sequence[Fraction],
        rivals: Sequence[Fraction],
    ) -> None:
        self.count = count
        self.place = place
        self.money = money
        self.rivals = rivals
        self.ties = count.market.ties
        self.by_cost = count.market.contest.parameters.utility is Utility.COST
        self._kinds: Kinds = [(value, dict(voters_of)) for value, voters_of in at_the_end]
        # The values of all supporters: what they would pay, times the price, if all could pay in full.
        self._values = sum(camp.value * camp.voters for camp in count.market.camps[place])

    def cheaper(self) -> int:
        """From the end back to the first round; what costs nothing is always bought."""
        cost = self.count.market.cost[self.place]
        highest = min(cost - 1, int(self.money[-1]))
        for number in range(len(self.rivals) - 1, -1, -1):
            self._go_back(number + 1)
            most = min(cost - 1, int(self.money[number]), self._ceiling(number))
            if highest < most:
                highest = Moment(self, number).greatest(highest + 1, most) or highest
        return highest

    def _ceiling(self, number: int) -> int:
        """No cost above can have that round's ρ, or less, even if every supporter could pay in full."""
        if not self.by_cost:
            return int(self.rivals[number] * self._values)
        return self.count.market.cost[self.place] if self.rivals[number] * self._values >= 1 else 0

    def _go_back(self, purchase: int) -> None:
        """From the kinds of purse after that purchase to those before it."""
        born, parent = self.count.ledger.born, self.count.purses.parent
        for _, voters_of in self._kinds:
            for kind in [kind for kind in voters_of if born[kind] == purchase]:
                earlier = parent[kind]
                voters_of[earlier] = voters_of.get(earlier, 0) + voters_of.pop(kind)

    def backing(self, cost: int) -> Backing:
        return Backing(cost, self._kinds, self.count.purses.low, self.count.purses.high)


class Moment:
    """The round after `number` purchases: would the project be bought before the one that was?"""

    def __init__(self, absence: Absence, number: int) -> None:
        self.absence = absence
        self.backing = absence.backing(0)
        self.ratio = absence.rivals[number]
        self.winner = absence.count.purses.purchases[number].place

    def greatest(self, low: int, high: int) -> int | None:
        """The highest cost between these at which it would be.

        Up to some cost ρ is at most the winner's. There it may be equal, for many costs if all supporters pay
        in full; then the tie order decides, perhaps by the very cost.
        """
        if self._compare(low) > 0:
            return None
        most = greatest(low, self._lowered(high), lambda cost: self._compare(cost) <= 0) or low
        if self._compare(most) < 0:
            return most
        less = greatest(low, most, lambda cost: self._compare(cost) < 0)
        turning = self.absence.count.market.cost[self.winner]
        candidates = {most, turning, turning - 1, turning + 1}
        for cost in sorted(candidates, reverse=True):
            if (low if less is None else less + 1) <= cost <= most and self._wins_tie(cost):
                return cost
        return less

    def _lowered(self, high: int) -> int:
        """What the supporters would pay at the winner's ρ is the most that will do; again at that cost."""
        while True:
            paid = int(self.backing.paid_at_most(self._price(high)))
            if paid >= high - 1:
                return min(paid, high)
            high = paid

    def _price(self, cost: int) -> float:
        """Of one unit of value, with the winner's ρ."""
        return float(self.ratio * (cost if self.absence.by_cost else 1))

    def _wins_tie(self, cost: int) -> bool:
        ties = self.absence.ties
        return ties.rank(self.absence.place, cost) < ties.rank(self.winner)

    def _compare(self, cost: int) -> int:
        """−1, 0 or 1, as ρ at this cost is less than the winner's, equal or more."""
        # Less, if the supporters would pay more than the cost at the winner's price.
        if self.backing.paid_at_most(self._price(cost)) < cost:
            return 1
        if self.backing.paid_at_least(self._price(cost)) > cost:
            return -1
        rival = self.ratio * (cost if self.absence.by_cost else 1)
        price = self.absence.count.ledger.price(self.absence.backing(cost), 0.0, math.inf)
        return (price > rival) - (price < rival)
