"""The least changes by which a greedy rule would fund a project.

A project that is not funded takes nothing from the others. So the turns stay what they are, and it is seen
whether the project would fit at the turn that another cost or score would give it. Only the project with
which the count ended has a part in what becomes of the others; for it the count is made once more without
it.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from budgeting.counting.explanation.search import greatest, least
from budgeting.counting.greedy import Action, Funds, Greedy, Merit
from budgeting.counting.ties import Rank, TieKey


class Turns:
    """Whose turn comes when in a count, and what may be spent before each turn, as far as the count went."""

    def __init__(self, count: Greedy) -> None:
        self.count = count
        self.contest = count.contest
        self.order = count.order()
        self.queue = [_key(count.merit(place), self.contest.ties.rank(place)) for place in self.order]
        funds = Funds(self.contest, count.funded)
        self.funds = [funds]
        for turn in count.turns:
            if turn.action is Action.FUNDED:
                funds = funds.copy()
                funds.spend(turn.place, self.contest.cost[turn.place])
            if turn.action is not Action.ENDED_THE_COUNT:
                self.funds.append(funds)

    def without(self, place: int) -> Turns:
        """The turns as they are for the others, if the project were not there."""
        if not self.count.turns or self.count.turns[-1].place != place:
            return self
        count = self.count
        return Turns(Greedy(self.contest, count.funded, count.by_ratio, count.stop, without=place).run())


def _key(merit: Merit, rank: Rank) -> tuple[int, Fraction, Rank]:
    return -merit[0], -merit[1], rank


class Absence:
    """A count in which the project at `place` is not funded."""

    def __init__(self, turns: Turns, place: int) -> None:
        self.place = place
        self.contest = turns.contest
        self.electorate = turns.contest.electorate
        self.count = turns.count
        self.turns = turns.without(place)

    def funds(self, cost: int, score: int, supporters: int) -> bool:
        """Whether the project would be funded, if this were its cost and these its votes."""
        threshold = self.contest.parameters.threshold
        if threshold is not None and score < threshold * self.electorate.scale:
            return False
        merit = self.count.merit_of(score, cost)
        rank = self.contest.ties.rank(self.place, cost, supporters)
        number = bisect_left(self.turns.queue, _key(merit, rank))
        if number >= len(self.turns.funds):
            return False
        return self.turns.funds[number].turn(self.place, cost).action is Action.FUNDED

    def cheaper(self) -> int | None:
        """The highest lower cost at which it is funded."""
        cost, score = self.contest.cost[self.place], self.electorate.score[self.place]
        supporters = self.electorate.supporters[self.place]

        def would(other: int) -> bool:
            return self.funds(other, score, supporters)

        if TieKey.DEARER not in self.contest.ties.keys and (score >= 0 or not self.count.by_ratio):
            return greatest(0, cost - 1, would)
        # A lower cost may put it behind others, so every cost that changes anything is tried.
        points = sorted(self._turning_points(cost), reverse=True)
        return next((other for other in points if would(other)), None)

    def _turning_points(self, cost: int) -> set[int]:
        """The costs at which the turn, or what is left at it, becomes another."""
        score = self.electorate.score[self.place]
        points = {0}
        for funds in self.turns.funds:
            points |= {funds.left, *funds.caps.values()}
        for other in self.turns.order:
            points.add(self.contest.cost[other])
            if self.electorate.score[other]:
                points.add(score * self.contest.cost[other] // self.electorate.score[other])
        return {point + step for point in points for step in (-1, 0, 1) if 0 <= point + step < cost}

    def more_votes(self) -> Fraction | None:
        """The least number of further votes, or of points on one further ballot, with which it is funded."""
        cost, score = self.contest.cost[self.place], self.electorate.score[self.place]
        supporters = self.electorate.supporters[self.place]
        points = self.electorate.election.vote_type.has_points

        def would(more: int) -> bool:
            return self.funds(cost, score + more, supporters + (1 if points else more))

        # More supporters than any other project has win every tie that goes by them.
        most = max(1, self._enough(cost) - score, max(self.electorate.supporters) + 1)
        needed = least(1, most, would)
        return None if needed is None else Fraction(needed, self.electorate.scale)

    def _enough(self, cost: int) -> int:
        """A score with which no other project that costs something is before it, nor the threshold."""
        threshold = (self.contest.parameters.threshold or 0) * self.electorate.scale
        best = max((-key[1] for key in self.turns.queue), default=Fraction(0))
        return int(max(best * (cost if self.count.by_ratio else 1), threshold, 0)) + 1
