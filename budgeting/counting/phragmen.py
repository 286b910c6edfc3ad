"""Phragmén's sequential rule with costs.

M. Los, Z. Christoff, D. Grossi: Proportional Budget Allocations: Towards a Systematization (IJCAI 2022);
Rey, Schmidt, Maly (2023). Every voter earns money at the same speed, and a project is bought when its
supporters have its cost together; their purses are empty then. In terms of loads (what a voter has paid so
far, or could have): the next in line is the project whose supporters would bear the least load, (cost + Σ
their loads) / supporters, and each of them has that load afterwards. Voters count alike, whatever value
they gave.

The count ends when the next in line costs more than is left. A project that costs more than the whole budget
is not in the count, for the rule is defined without such.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from typing import Any

from budgeting.counting import exact
from budgeting.counting.contest import Contest
from budgeting.counting.equal_shares.market import Camp, camps_of
from budgeting.counting.ties import Tie

UNBURDENED = 0


class Phragmen:
    """`bought` in order, with the `loads` after each.

    `ended_by` is the project that would have overshot, `last_load` the load that it would have brought.

    A voter's load is that of the last purchase, so ballot groups are told apart by its number. The load of a
    project only rises during a count, so one found in an earlier round is a lower bound.
    """

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        supporters = contest.electorate.supporters
        supported = frozenset(
            place for place in range(len(contest.ids)) if supporters[place] and place not in contest.withdrawn
        )
        alike: dict[tuple[tuple[int, int], ...], int] = {}
        for values, voters in contest.electorate.narrowed(supported).items():
            named = tuple([(place, 1) for place, _ in values])
            alike[named] = alike.get(named, 0) + voters
        # Everybody's supporters, of projects too that are not in the count: for the explanation.
        self.camps: Mapping[int, Camp] = {
            place: camps[0] for place, camps in camps_of(alike, supported).items()
        }
        self.places = [place for place in contest.supported if contest.cost[place] <= contest.budget]
        self.last_purchase = [UNBURDENED] * len(alike)
        self.rational = exact.arithmetic().rational
        self.loads: list[Any] = [self.rational(0, 1)]
        self.bought: list[int] = []
        self.ties: list[Tie] = []
        self.ended_by: int | None = None
        self.last_load: Any = None

    def burden(self, place: int) -> Any:
        """What the supporters bear now, together."""
        counted = self.camps[place].count(self.last_purchase)
        return sum(
            (voters * self.loads[purchase] for purchase, voters in counted.items()), self.loads[UNBURDENED]
        )

    def load_after(self, place: int) -> Any:
        return (self.contest.cost[place] + self.burden(place)) / self.camps[place].voters

    def run(self) -> Phragmen:
        left = self.contest.budget
        queue = [(self.load_after(place), 0, place) for place in self.places]
        heapq.heapify(queue)
        while queue:
            load, place = self._next(queue)
            if self.contest.cost[place] > left:
                self.ended_by, self.last_load = place, load
                break
            left -= self.contest.cost[place]
            self.bought.append(place)
            self.loads.append(load)
            for group in self.camps[place].groups:
                self.last_purchase[group] = len(self.bought)
        return self

    def _next(self, queue: list[tuple[Any, int, int]]) -> tuple[Any, int]:
        """The next in line with its load. Entries are (load, in which round it was found, project)."""
        number = len(self.bought)
        equal: list[int] = []
        least = None
        while queue and (least is None or queue[0][0] <= least):
            load, found, place = heapq.heappop(queue)
            if found == number:
                least = load
                equal.append(place)
            else:
                heapq.heappush(queue, (self.load_after(place), number, place))
        chosen = equal[0]
        if len(equal) > 1:
            self.ties.append(self.contest.ties.tie(equal, number + 1))
            chosen = self.contest.ties.first(equal)
        for place in equal:
            if place != chosen:
                heapq.heappush(queue, (least, number, place))
        return least, chosen
