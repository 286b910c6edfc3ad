"""A count of Equal Shares, project by project: prices, who paid, where the money of the others went."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from budgeting.counting import exact
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.prices import Backing
from budgeting.counting.equal_shares.purses import FULL, Counted
from budgeting.counting.explanation.equal_shares_changes import Absence, ratios
from budgeting.counting.explanation.projects import Describer
from budgeting.counting.results import (
    Payers,
    PaymentCode,
    Phase,
    ProjectResult,
    Reason,
    ReasonCode,
    Round,
    Spending,
    Support,
)


class EqualSharesExplanation:
    """Of a count with everything for sale and every purse kept."""

    def __init__(self, count: Count) -> None:
        self.count = count
        self.contest = count.market.contest
        self.describe = Describer(self.contest)
        count.ledger.settle()
        # Projects that cost nothing are bought first, and no purse is opened for them.
        self.free = len(count.bought) - len(count.purses.purchases)
        self.rounds_of = {place: number for number, place in enumerate(count.bought, 1)}

    @cached_property
    def prices(self) -> list[Fraction]:
        """Of one unit of value, for each purchase."""
        ledger, scale = self.count.ledger, self.contest.electorate.scale
        denominators = ledger.denominators[1:]
        return [
            self.describe.amount(exact.fraction(price) / exact.fraction(denominator) * scale)
            for price, denominator in zip(ledger.prices, denominators, strict=True)
        ]

    def price_of(self, place: int) -> Fraction:
        number = self.rounds_of[place] - self.free
        return self.prices[number - 1] if number > 0 else Fraction(0)

    def effective_support(self, place: int, price: Fraction) -> Fraction | None:
        return Fraction(self.contest.cost[place], self.describe.minor_units) / price if price else None

    def rounds(self) -> tuple[Round, ...]:
        left, rounds = self.contest.budget, []
        for number, place in enumerate(self.count.bought, 1):
            price = self.price_of(place)
            rounds.append(
                Round(
                    number=number,
                    phase=Phase.EQUAL_SHARES,
                    project=self.contest.ids[place],
                    action="bought",
                    cost=self.describe.cost(place),
                    left=self.describe.money(left),
                    price=price,
                    effective_support=self.effective_support(place, price),
                )
            )
            left -= self.contest.cost[place]
        return tuple(rounds)

    def bought(self, place: int) -> ProjectResult:
        price = self.price_of(place)
        return replace(
            self.describe.project(place, Reason(ReasonCode.FUNDED)),
            funded=True,
            phase=Phase.EQUAL_SHARES,
            round=self.rounds_of[place],
            price=price,
            effective_support=self.effective_support(place, price),
            payers=self._payers(self.rounds_of[place] - self.free),
        )

    def _payers(self, purchase: int) -> tuple[Payers, ...]:
        """By the value given: who paid in full, who paid all they had left, who had nothing left."""
        if purchase <= 0:
            return ()
        ledger, scale = self.count.ledger, self.contest.electorate.scale
        denominator, price = ledger.denominators[purchase], ledger.prices[purchase - 1]
        groups = []
        for part in self.count.purses.purchases[purchase - 1].backing.parts:
            people: Counter[PaymentCode] = Counter()
            paid: dict[PaymentCode, Any] = {}
            for kind, number in zip(part.kinds, part.voters, strict=True):
                content = ledger.content[kind] * (denominator // ledger.denominators[ledger.born[kind]])
                code, payment = PaymentCode.FULL, price * part.value
                if content < payment:
                    code = PaymentCode.ALL_THEY_HAD if content else PaymentCode.NOTHING_LEFT
                    payment = content
                people[code] += number
                paid[code] = paid.get(code, 0) + number * payment
            for code in PaymentCode:
                if people[code]:
                    total = self._amount(paid[code], denominator)
                    groups.append(Payers(Fraction(part.value, scale), code, people[code], total))
        return tuple(groups)

    def _amount(self, numerator: Any, denominator: Any) -> Fraction:
        return self.describe.amount(exact.fraction(numerator) / exact.fraction(denominator))

    def not_bought(self, place: int) -> tuple[ProjectResult, int | None]:
        """What the count says of it, and the highest lower cost at which it would have been bought."""
        reason = self.describe.out_of_the_count(place)
        if reason is not None:
            return self.describe.project(place, reason), None
        if not self.contest.electorate.supporters[place]:
            return self.describe.project(place, Reason(ReasonCode.NO_SUPPORTERS)), None
        kinds = self.count.purses.counted(place, self.count.market.camps[place])
        spent = self._spent(kinds)
        money = self._money(place, spent)
        left = self.describe.amount(money[-1])
        short = Reason(ReasonCode.SUPPORTERS_SHORT, left=left, needed=self.describe.cost(place))
        result = replace(self.describe.project(place, short), support=self._support(money, spent))
        result = self._last_chance(place, result, kinds, money)
        return result, Absence(self.count, place, kinds, money, self._ratios).cheaper()

    @cached_property
    def _ratios(self) -> list[Fraction]:
        return ratios(self.count)

    @cached_property
    def _paid(self) -> list[Any]:
        """What a purse of each kind paid last, over the last denominator."""
        ledger, parent = self.count.ledger, self.count.purses.parent
        factor = [ledger.denominators[-1] // earlier for earlier in ledger.denominators]
        worth = [content * factor[born] for content, born in zip(ledger.content, ledger.born, strict=True)]
        return [worth[parent[kind]] - worth[kind] for kind in range(len(parent))]

    def _spent(self, kinds: Counted) -> list[Any]:
        """What these voters paid together for each purchase, 0 for what is no purchase."""
        paid, born, parent = self._paid, self.count.ledger.born, self.count.purses.parent
        spent = [self.count.ledger.integer(0)] * (len(self.count.purses.purchases) + 1)
        for _, voters_of in kinds:
            for kind, voters in voters_of.items():
                purse = kind
                while purse != FULL:
                    spent[born[purse]] += voters * paid[purse]
                    purse = parent[purse]
        return spent

    def _money(self, place: int, spent: list[Any]) -> list[Fraction]:
        """What the supporters have after each purchase, in minor units."""
        last = exact.fraction(self.count.ledger.denominators[-1])
        given = self.count.share * self.contest.electorate.supporters[place]
        money, total = [given], self.count.ledger.integer(0)
        for payment in spent[1:]:
            total += payment
            money.append(given - exact.fraction(total) / last)
        return money

    def _support(self, money: list[Fraction], spent: list[Any]) -> Support:
        """The most first."""
        bought = self.count.bought[self.free :]
        last = self.count.ledger.denominators[-1]
        spending = [
            Spending(self.contest.ids[place], self._amount(payment, last))
            for place, payment in zip(bought, spent[1:], strict=True)
            if payment
        ]
        spending.sort(key=lambda item: (-item.amount, item.project))
        return Support(self.describe.amount(money[0]), self.describe.amount(money[-1]), tuple(spending))

    def _last_chance(
        self, place: int, result: ProjectResult, kinds: Counted, money: list[Fraction]
    ) -> ProjectResult:
        """Price and effective support in the last round in which the supporters could have paid, if any."""
        cost = self.contest.cost[place]
        could = [number for number, left in enumerate(money) if left >= cost]
        if not could:
            return result
        purses, born = self.count.purses, self.count.ledger.born
        then: list[tuple[int, Counter[int]]] = []
        for value, voters_of in kinds:
            earlier: Counter[int] = Counter()
            for kind, voters in voters_of.items():
                purse = kind
                while born[purse] > could[-1]:
                    purse = purses.parent[purse]
                earlier[purse] += voters
            then.append((value, earlier))
        backing = Backing(cost, then, purses.low, purses.high)
        low = backing.price_at_least(0.0, float("inf"))
        price = self.count.ledger.price(backing, low, backing.price_at_most(low))
        price = self.describe.amount(price * self.contest.electorate.scale)
        number = self.free + could[-1] + 1
        support = self.effective_support(place, price)
        return replace(result, round=number, price=price, effective_support=support)
