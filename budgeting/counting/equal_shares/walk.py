"""Completion by raising everybody's share, as equalshares.net describes it (“add1”).

The share is raised by a step and the count begins again from the start, with more money than there is, until
the outcome is exhaustive (no project in the count fits in what is left of the budget) or the next outcome
would cost more than the budget. Outcomes are not monotone in the share, so every share is looked at in turn.
Several are looked at by one count if that can tell that their outcome is the same (Count with `most`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from budgeting.counting.contest import Contest
from budgeting.counting.equal_shares.count import Count, Undecided
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.purses import Trace
from budgeting.counting.parameters import Until
from budgeting.counting.ties import Tie

# How much more than the share a market is made for, before it has to be made anew.
HEADROOM = Fraction(9, 8)
# After a count for several shares at once failed, so many single ones are made before the next try; twice as
# many after each further failure.
PATIENCE, MOST_PATIENCE = 2, 64


class WalkEnd(StrEnum):
    EXHAUSTIVE = "exhaustive"
    OVERSPEND = "overspend"
    # Every project that anybody supports is bought: no share could add another.
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Seen:
    """What one count told of `shares` in a row, the first of which is `share`."""

    share: Fraction
    shares: int
    bought: frozenset[int]
    cost: int
    ties: Sequence[Tie]


class Walk:
    """`share` is where it ended; the outcome there stands. Shares are in minor units."""

    def __init__(
        self,
        contest: Contest,
        start: Fraction,
        step: Fraction,
        progress: Callable[[Fraction, int], None] = lambda share, cost: None,
    ) -> None:
        self.contest = contest
        self.step = step
        self.share = start
        self.progress = progress
        self.seen: list[Seen] = []
        self._supported = frozenset(contest.supported)
        self._market = Market(contest, start)
        self._trace: Trace | None = None
        self._ahead = 1
        self._patience, self._rest = PATIENCE, 0

    def run(self) -> WalkEnd:
        current = self._look_at(self.share, 1)
        self._note(current)
        while (end := self._end(current)) is None:
            following = self._look_ahead(self.share + self.step)
            if following.cost > self.contest.budget:
                self._note(replace(following, shares=1))
                return WalkEnd.OVERSPEND
            if self._end(following) is not None:
                following = replace(following, shares=1)
            self._note(following)
            self.share += following.shares * self.step
            current = following
        return end

    def _note(self, seen: Seen) -> None:
        self.seen.append(seen)
        self.progress(seen.share, seen.cost)

    def _end(self, seen: Seen) -> WalkEnd | None:
        if seen.bought == self._supported:
            return WalkEnd.EVERYTHING
        left = self.contest.budget - seen.cost
        fits = any(
            self.contest.cost[place] <= left for place in self.contest.places if place not in seen.bought
        )
        if fits or self.contest.parameters.until is Until.INFEASIBLE:
            return None
        return WalkEnd.EXHAUSTIVE

    def _look_ahead(self, share: Fraction) -> Seen:
        """The outcome at `share`, and at as many shares after it as can be told at once."""
        while self._ahead > 1:
            try:
                seen = self._look_at(share, self._ahead)
            except Undecided:
                self._ahead //= 2
            else:
                self._ahead *= 2
                self._patience = PATIENCE
                return seen
            if self._ahead == 1:
                self._rest, self._patience = self._patience, min(2 * self._patience, MOST_PATIENCE)
        self._rest -= 1
        if self._rest <= 0:
            self._ahead = 2
        return self._look_at(share, 1)

    def _look_at(self, share: Fraction, shares: int) -> Seen:
        most = share + (shares - 1) * self.step
        if most > self._market.share:
            self._market, self._trace = Market(self.contest, most * HEADROOM), None
        count = Count(self._market, share, most, earlier=self._trace)
        # Even one that is not decided has got somewhere.
        self._trace = count.purses.trace
        count.run()
        bought = frozenset(count.bought)
        return Seen(share, shares, bought, self.contest.total(bought), count.ties)
