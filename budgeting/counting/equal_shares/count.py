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
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.prices import ULP, Backing
from budgeting.counting.equal_shares.purses import Purchase, Purses, Trace
from budgeting.counting.ties import Tie


class Undecided(Exception):
    """The outcome is not certainly the same for every share between the two asked."""


class Count:
    """Buys projects until no more can be paid. `bought` is their order, `ties` what was equal on the way.

    ρ of a project only rises during a count, since purses only get emptier. So a bound of ρ found in one
    round is a lower bound in all later ones, and a project is looked at again only when no other is below
    its bound.

    With `most` above `share` this is a count for every share between them at once: what is bought, in which
    order, if that is certainly the same for all of them; otherwise it raises Undecided. `earlier` is the
    trace of another count in the same market.
    """

    def __init__(
        self,
        market: Market,
        share: Fraction,
        most: Fraction | None = None,
        keep_empty: bool = False,
        earlier: Trace | None = None,
    ) -> None:
        self.market = market
        self.share = share
        self.exact = most is None or most == share
        self.purses = Purses(market.groups, share, most or share, keep_empty, earlier)
        self.ledger = Ledger(self.purses, share)
        self.bought: list[int] = []
        self.ties: list[Tie] = []
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
                best = min(best, offer.high / self.market.worth[place] * (1 + 4 * ULP))
        possible = [offer for offer in offers if self._bound(offer.place, offer.low) <= best]
        chosen = possible[0] if len(possible) == 1 else self._least(possible)
        for offer in offers:
            if chosen is not None and offer.place != chosen.place:
                heapq.heappush(self._queue, (self._bound(offer.place, offer.low), offer.place))
        return chosen

    def _offer(self, place: int, bound: float, best: float) -> Purchase | None:
        """The project at its price, unless it cannot be paid or is certainly not the next."""
        if (backing := self._backings.get(place)) is None:
            backing = self.purses.backing(place, self.market.cost[place], self.market.camps[place])
            if backing.too_poor():
                return None
            self._backings[place] = backing
        worth = self.market.worth[place]
        rival = min(best, self._queue[0][0]) if self._queue else best
        low = backing.price_at_least(bound * worth * (1 - 4 * ULP), rival * worth * (1 + 8 * ULP))
        if (raised := self._bound(place, low)) > rival:
            heapq.heappush(self._queue, (raised, place))
            return None
        high = backing.price_at_most(low)
        return Purchase(place, backing, low, high) if high < math.inf or self._affordable(backing) else None

    def _bound(self, place: int, price: float) -> float:
        return price / self.market.worth[place] * (1 - 4 * ULP)

    def _affordable(self, backing: Backing) -> bool:
        self._need_exact_numbers()
        return self.ledger.money(backing) >= backing.cost

    def _least(self, offers: Sequence[Purchase]) -> Purchase | None:
        """The least ρ by exact numbers; the tie order decides among equals."""
        if not offers:
            return None
        ratio = {offer.place: self._price(offer) / self.market.worth[offer.place] for offer in offers}
        least = min(ratio.values())
        place = self._choose([place for place, value in ratio.items() if value == least])
        backing = next(offer.backing for offer in offers if offer.place == place)
        price = float(least * self.market.worth[place])
        return Purchase(place, backing, price * (1 - ULP), price * (1 + ULP))

    def _price(self, offer: Purchase) -> Fraction:
        """The exact price of one unit of value."""
        price = offer.backing.full_price()
        if price is None:
            self._need_exact_numbers()
            price = self.ledger.price(offer.backing, offer.low, offer.high)
        return price

    def _need_exact_numbers(self) -> None:
        if not self.exact:
            raise Undecided
