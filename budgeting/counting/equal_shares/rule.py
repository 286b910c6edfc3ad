"""The Method of Equal Shares from the starting share to the outcome that stands.

As equalshares.net recommends it: a count with equal shares of the budget; completion, since that leaves
money; and, where asked, a comparison with what greedy would fund. Three differences from the code published
there are choices of this project: the first count is made with the floored share when that is asked for
(there, only the walk begins from it), the walk ends when every supported project is bought (there, never),
and projects that cost nothing are bought.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.contest import Contest
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.walk import Walk, WalkEnd
from budgeting.counting.greedy import Greedy
from budgeting.counting.parameters import Completion, Start

Progress = Callable[[Fraction, int], None]


def starting_share(contest: Contest) -> Fraction:
    """In minor units. Nobody's share is nothing."""
    voters = contest.electorate.voters
    if not voters:
        return Fraction(0)
    unit = contest.electorate.election.minor_units
    if contest.parameters.start is Start.FLOOR:
        return Fraction(contest.budget // (voters * unit) * unit)
    return Fraction(contest.budget, voters)


def step_of(contest: Contest) -> Fraction:
    """As asked, or max(1, ⌊starting share/1000⌋) units of the currency."""
    if contest.parameters.step is not None:
        return contest.parameters.step
    unit = contest.electorate.election.minor_units
    return Fraction(max(1, starting_share(contest) // (1000 * unit)) * unit)


@dataclass(frozen=True)
class Comparison:
    """How many voters have more supported winners in one outcome than in the other."""

    prefer_equal_shares: int
    prefer_greedy: int

    @property
    def greedy_stands(self) -> bool:
        return self.prefer_greedy > self.prefer_equal_shares


class EqualShares:
    """`bought` stands: the `count` at `share`, what `completion` added, or instead of both `greedy`."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.start = self.share = starting_share(contest)
        self.walk: Walk | None = None
        self.walk_end: WalkEnd | None = None
        self.completion: Greedy | None = None
        self.greedy: Greedy | None = None
        self.comparison: Comparison | None = None

    def run(self, progress: Progress = lambda share, cost: None) -> EqualShares:
        wanted = self.contest.parameters.completion
        if wanted is not Completion.NONE:
            self.walk = Walk(self.contest, self.start, step_of(self.contest), progress)
            self.walk_end = self.walk.run()
            self.share = self.walk.share
        market = Market(self.contest, self.share, everything=True)
        self.count = Count(market, self.share, keep_empty=True).run()
        self.bought = list(self.count.bought)
        if wanted is Completion.ADD_GREEDY:
            self.completion = Greedy(self.contest, funded=self.bought).run()
            self.bought = self.completion.bought
        if self.contest.total(tuple(self.bought)) > self.contest.budget:
            raise AssertionError("equal shares of the budget cannot pay for more than it")
        if self.contest.parameters.compare_greedy:
            self._compare()
        return self

    def _compare(self) -> None:
        self.greedy = Greedy(self.contest).run()
        here, there = frozenset(self.bought), frozenset(self.greedy.bought)
        prefer_here = prefer_there = 0
        for values, voters in self.contest.electorate.groups.items():
            more = sum((place in here) - (place in there) for place, value in values if value > 0)
            if more > 0:
                prefer_here += voters
            elif more < 0:
                prefer_there += voters
        self.comparison = Comparison(prefer_here, prefer_there)
        if self.comparison.greedy_stands:
            self.bought = self.greedy.bought
