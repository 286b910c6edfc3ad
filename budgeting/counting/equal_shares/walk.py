"""Completion by raising everybody's share, as equalshares.net describes it (“add1”).

The share is raised by a step and the count begins again from the start, with more money than there is, until
the outcome is exhaustive (no project in the count fits in what is left of the budget) or the next outcome
would cost more than the budget. Outcomes are not monotone in the share, so every share is looked at in turn;
those between two counts are passed over where the two prove that nothing changes between (margins.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from budgeting.counting.contest import Contest
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.margins import Margin, same_between
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.purses import Trace
from budgeting.counting.parameters import Until
from budgeting.counting.ties import Tie

# How much more than the share a market is made for, before it has to be made anew.
HEADROOM = Fraction(9, 8)


class WalkEnd(StrEnum):
    EXHAUSTIVE = "exhaustive"
    OVERSPEND = "overspend"
    # Every project that anybody supports is bought: no share could add another.
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Seen:
    """What is known of `shares` in a row, the first of which is `share`."""

    share: Fraction
    shares: int
    bought: frozenset[int]
    cost: int
    ties: Sequence[Tie]


@dataclass(frozen=True)
class Stop:
    """A count after `number` steps."""

    number: int
    bought: tuple[int, ...]
    ties: Sequence[Tie]
    margins: Sequence[Margin]


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
        self.start = self.share = start
        self.step = step
        self.progress = progress
        self.seen: list[Seen] = []
        self._supported = frozenset(contest.supported)
        self._market = Market(contest, start)
        self._trace: Trace | None = None
        # Counts made ahead, the nearest last, and how far ahead the next will be.
        self._ahead: list[Stop] = []
        self._reach = 1

    def run(self) -> WalkEnd:
        current = self._count(0)
        self._note(current, 1)
        while (end := self._end(current)) is None:
            following = self._next_stop(current)
            self._note(following, following.number - current.number)
            if self.contest.total(following.bought) > self.contest.budget:
                return WalkEnd.OVERSPEND
            current = following
            self.share = self._share(current.number)
        return end

    def _share(self, number: int) -> Fraction:
        return self.start + number * self.step

    def _note(self, stop: Stop, shares: int) -> None:
        """All of the last `shares` have this outcome."""
        cost = self.contest.total(stop.bought)
        first = self._share(stop.number - shares + 1)
        self.seen.append(Seen(first, shares, frozenset(stop.bought), cost, stop.ties))
        self.progress(self._share(stop.number), cost)

    def _end(self, stop: Stop) -> WalkEnd | None:
        bought = frozenset(stop.bought)
        if bought == self._supported:
            return WalkEnd.EVERYTHING
        left = self.contest.budget - self.contest.total(bought)
        fits = any(self.contest.cost[place] <= left for place in self.contest.places if place not in bought)
        if fits or self.contest.parameters.until is Until.INFEASIBLE:
            return None
        return WalkEnd.EXHAUSTIVE

    def _next_stop(self, current: Stop) -> Stop:
        """The next share, or one further on up to which nothing changes."""
        if not self._ahead:
            self._ahead.append(self._count(current.number + self._reach, current))
        while not self._is_next(current, self._ahead[-1]):
            middle = (current.number + self._ahead[-1].number) // 2
            self._ahead.append(self._count(middle, current))
        following = self._ahead.pop()
        self._reach = 2 * (following.number - current.number)
        return following

    def _is_next(self, current: Stop, stop: Stop) -> bool:
        if stop.number == current.number + 1:
            return True
        return stop.bought == current.bought and same_between(current.margins, stop.margins)

    def _count(self, number: int, below: Stop | None = None) -> Stop:
        share = self._share(number)
        if share > self._market.share:
            self._market, self._trace = Market(self.contest, share * HEADROOM), None
        margins = below.margins if below else ()
        count = Count(self._market, share, earlier=self._trace, below=margins).run()
        self._trace = count.purses.trace
        return Stop(number, tuple(count.bought), count.ties, count.margins)
