"""The least changes by which Phragmén's rule would buy a project.

A project that is not bought burdens nobody. So the rounds stay what they are until it would be the next in
line, which another cost, or further voters who support nothing else, can make it in an earlier round.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from budgeting.counting.explanation.search import greatest, least
from budgeting.counting.phragmen import Phragmen


def histories(count: Phragmen) -> list[list[int]]:
    """For each ballot group the rounds, from 1, in which it took over a load."""
    history: list[list[int]] = [[] for _ in count.last_purchase]
    for number, place in enumerate(count.bought, 1):
        for group in count.camps[place].groups:
            history[group].append(number)
    return history


def burdens(count: Phragmen, place: int, history: Sequence[Sequence[int]]) -> list[Any]:
    """What the supporters bear together after each round, 0 first."""
    # For each round: by which earlier round the load was before, and how many voters had it.
    taken: list[dict[int, int]] = [{} for _ in count.loads]
    for group, voters in count.camps[place].members if place in count.camps else ():
        earlier = 0
        for number in history[group]:
            taken[number][earlier] = taken[number].get(earlier, 0) + voters
            earlier = number
    total = count.loads[0]
    after = [total]
    for number in range(1, len(count.loads)):
        for earlier, voters in taken[number].items():
            total += voters * (count.loads[number] - count.loads[earlier])
        after.append(total)
    return after


class Absence:
    """The rounds of `count`, in which the project at `place` buys nothing."""

    def __init__(self, count: Phragmen, place: int, history: Sequence[Sequence[int]]) -> None:
        self.count = count
        self.contest = count.contest
        self.place = place
        self.burdens = burdens(count, place, history)
        self.left = [self.contest.budget]
        for bought in count.bought:
            self.left.append(self.left[-1] - self.contest.cost[bought])

    def buys(self, cost: int, more: int = 0) -> bool:
        """Whether the project would be bought at this cost, with so many supporters more."""
        electorate = self.contest.electorate
        score = electorate.score[self.place] + more * electorate.scale
        threshold = self.contest.parameters.threshold
        supporters = electorate.supporters[self.place] + more
        if (threshold is not None and score < threshold * electorate.scale) or not supporters:
            return False
        if cost > self.contest.budget:
            return False
        for number, left in enumerate(self.left):
            load = (cost + self.burdens[number]) / self.count.rational(supporters, 1)
            if self._is_before(self.rivals[number], load, cost, supporters):
                return cost <= left
        return False

    def _is_before(self, rival: tuple[Any, int] | None, load: Any, cost: int, supporters: int) -> bool:
        if rival is None or load != rival[0]:
            return rival is None or bool(load < rival[0])
        return self.contest.ties.rank(self.place, cost, supporters) < self.contest.ties.rank(rival[1])

    @cached_property
    def rivals(self) -> list[tuple[Any, int] | None]:
        """Load and place of who was the next in line after each number of rounds."""
        rivals: list[tuple[Any, int] | None] = list(zip(self.count.loads[1:], self.count.bought, strict=True))
        ended_by = self.count.ended_by
        if ended_by is None or ended_by == self.place:
            return [*rivals, None]
        return [*rivals, (self.count.last_load, ended_by)]

    def cheaper(self) -> int | None:
        """The highest lower cost at which it is bought."""
        return greatest(0, self.contest.cost[self.place] - 1, self.buys)

    def more_votes(self) -> int | None:
        """The least number of further voters, who support nothing else, with which it is bought.

        With enough of them it comes before the first purchase that burdened anybody.
        """
        cost = self.contest.cost[self.place]
        first = next((load for load in self.count.loads if load > 0), None)
        if first is None:
            first = 1 if self.count.last_load is None else self.count.last_load
        missing = (self.contest.parameters.threshold or 0) - self.contest.electorate.true_score(self.place)
        return least(1, max(int(cost / first), int(missing), 0) + 1, lambda more: self.buys(cost, more))
