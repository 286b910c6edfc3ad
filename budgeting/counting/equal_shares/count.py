"""One count of the Method of Equal Shares, with a given share per voter.

D. Peters, G. Pierczyński, P. Skowron: Proportional Participatory Budgeting with Additive Utilities (NeurIPS
2021); S. Rey, F. Schmidt, J. Maly: The (Computational) Social Choice Take on Indivisible Participatory
Budgeting (2023). Each voter i gets the same share b_i. In each round a project with cost c is bought for
which Σ min(b_i, ρ·u_i(c)) = cost with the least ρ, u_i being the utility: value × cost, or value. Its
supporters pay min(b_i, ρ·u_i). The count ends when the supporters of no project have its cost left.

With u = value × cost, ρ × cost is the price of one unit of value; with u = value, ρ is. A project that costs
nothing has ρ = 0 and is bought first, if anybody supports it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from fractions import Fraction

from budgeting.counting.equal_shares.ledger import Ledger
from budgeting.counting.equal_shares.margins import Margin
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.prices import ULP, Backing
from budgeting.counting.equal_shares.purses import Purchase, Purses, Trace
from budgeting.counting.ties import Tie


class Count:
    """Buys projects until no more can be paid. `bought` is their order, `ties` what was equal on the way.

    ρ of a project only rises during a count, since purses only get emptier. So a bound of ρ found in one
    round is a lower bound in all later ones, and a project is looked at again only when no other is below
    its bound.

    `margins` tell by how much each purchase was before the others. They are made wide enough, where that is
    possible, for a comparison with the margins `below` of a count with a lower share. `earlier` is the trace
    of another count in the same market.
    """

    def __init__(
        self,
        market: Market,
        share: Fraction,
        *,
        keep_empty: bool = False,
        earlier: Trace | None = None,
        below: Sequence[Margin] = (),
    ) -> None:
        self.market = market
        self.share = share
        self.purses = Purses(market.groups, share, keep_empty, earlier)
        self.ledger = Ledger(self.purses, share)
        self.bought: list[int] = []
        self.ties: list[Tie] = []
        self.margins: list[Margin] = []
        self._below = below
        self._queue = [(self._first_bound(place), place) for place in market.places if market.cost[place]]
        heapq.heapify(self._queue)
        # Backings as they are now; a purchase empties it.
        self._backings: dict[int, Backing] = {}

    def run(self) -> Count:
        self._take_the_free()
        while purchase := self._next():
            self.bought.append(purchase.place)
            self.purses.pay(purchase, self.market.camps[purchase.place])
            self._backings.clear()
        return self

    def _first_bound(self, place: int) -> float:
        """ρ if all supporters could pay in full."""
        values = sum(camp.value * camp.voters for camp in self.market.camps[place])
        return self.market.cost[place] / values / self.market.worth[place] * (1 - 4 * ULP)

    def _take_the_free(self) -> None:
        free = [place for place in self.market.places if not self.market.cost[place]]
        while free:
            place = self._choose(free)
            free.remove(place)
            self.bought.append(place)

    def _choose(self, equal: Sequence[int]) -> int:
        if len(equal) > 1:
            self.ties.append(self.market.ties.tie(equal, len(self.bought) + 1))
        return self.market.ties.first(equal)

    def _next(self) -> Purchase | None:
        """The purchase with the least ρ, or None if nobody can pay for anything."""
        offers: list[Purchase] = []
        best = math.inf
        while self._queue and self._queue[0][0] <= best:
            bound, place = heapq.heappop(self._queue)
            if (offer := self._offer(place, bound, best)) is not None:
                offers.append(offer)
                best = min(best, self._above(offer))
        if not offers:
            return None
        possible = [offer for offer in offers if self._under(offer.place, offer.low) <= best]
        if len(possible) == 1 and possible[0].high < math.inf:
            chosen, equal, ratio = possible[0], {possible[0].place}, None
        else:
            chosen, equal, ratio = self._least(possible)
        self._put_back([offer for offer in offers if offer.place not in equal])
        self._note_margin(chosen, frozenset(equal), ratio)
        self._put_back([offer for offer in offers if offer.place in equal and offer.place != chosen.place])
        return chosen

    def _put_back(self, offers: Sequence[Purchase]) -> None:
        for offer in offers:
            heapq.heappush(self._queue, (self._under(offer.place, offer.low), offer.place))

    def _under(self, place: int, price: float) -> float:
        """A lower bound of ρ, from one of the price."""
        return price / self.market.worth[place] * (1 - 4 * ULP)

    def _above(self, offer: Purchase) -> float:
        return offer.high / self.market.worth[offer.place] * (1 + 4 * ULP)

    def _backing(self, place: int) -> Backing | None:
        """Who is behind the project now; None if they certainly cannot pay, now or later."""
        if (backing := self._backings.get(place)) is None:
            backing = self.purses.backing(place, self.market.cost[place], self.market.camps[place])
            if backing.too_poor():
                return None
            self._backings[place] = backing
        return backing

    def _price_at_least(self, place: int, backing: Backing, bound: float, enough: float) -> float:
        """A better lower bound of the price, from the lower bound of ρ to one above `enough`."""
        worth = self.market.worth[place]
        return backing.price_at_least(bound * worth * (1 - 4 * ULP), enough * worth * (1 + 8 * ULP))

    def _offer(self, place: int, bound: float, best: float) -> Purchase | None:
        """The project at its price, unless it cannot be paid or is certainly not the next."""
        if (backing := self._backing(place)) is None:
            return None
        rival = min(best, self._queue[0][0]) if self._queue else best
        low = self._price_at_least(place, backing, bound, rival)
        if (raised := self._under(place, low)) > rival:
            heapq.heappush(self._queue, (raised, place))
            return None
        high = backing.price_at_most(low)
        if high == math.inf and self.ledger.money(backing) < backing.cost:
            return None
        return Purchase(place, backing, low, high)

    def _least(self, offers: Sequence[Purchase]) -> tuple[Purchase, set[int], Fraction]:
        """The least ρ by exact numbers, the projects that have it, and the one that goes first among them."""
        ratios = {offer.place: self._price(offer) / self.market.worth[offer.place] for offer in offers}
        ratio = min(ratios.values())
        equal = {place for place, value in ratios.items() if value == ratio}
        place = self._choose(sorted(equal))
        backing = next(offer.backing for offer in offers if offer.place == place)
        price = float(ratio * self.market.worth[place])
        return Purchase(place, backing, price * (1 - ULP), price * (1 + ULP)), equal, ratio

    def _price(self, offer: Purchase) -> Fraction:
        """The exact price of one unit of value."""
        full = offer.backing.full_price()
        return self.ledger.price(offer.backing, offer.low, offer.high) if full is None else full

    def _note_margin(self, chosen: Purchase, equal: frozenset[int], ratio: Fraction | None) -> None:
        """What is above the price in the count below too is wide enough; what is not is looked at again."""
        number = len(self.margins)
        wanted = self._below[number].most if number < len(self._below) else 0.0
        while self._queue and self._queue[0][0] <= wanted:
            bound, place = heapq.heappop(self._queue)
            if (backing := self._backing(place)) is None:
                continue
            raised = self._under(place, self._price_at_least(place, backing, bound, wanted))
            heapq.heappush(self._queue, (raised, place))
            if raised <= wanted:
                break
        rival = self._queue[0][0] if self._queue else math.inf
        self.margins.append(Margin(chosen.place, self._above(chosen), rival, equal, ratio))
