"""A greedy count, project by project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from budgeting.counting.explanation.greedy_changes import Absence, Turns
from budgeting.counting.explanation.projects import Describer
from budgeting.counting.greedy import Action, Greedy, Turn
from budgeting.counting.results import Basis, LeastChanges, Phase, ProjectResult, Reason, ReasonCode, Round


class GreedyExplanation:
    """`earlier` rounds come before those of this count, if it completes another one."""

    def __init__(
        self, count: Greedy, phase: Phase = Phase.GREEDY, basis: Basis = Basis.EXACT, earlier: int = 0
    ) -> None:
        self.count = count
        self.contest = count.contest
        self.phase = phase
        self.basis = basis
        self.earlier = earlier
        self.describe = Describer(count.contest)

    @cached_property
    def _turns(self) -> Turns:
        return Turns(self.count)

    def rounds(self) -> tuple[Round, ...]:
        rounds, left = [], self.contest.budget - self.contest.total(self.count.funded)
        for number, turn in enumerate(self.count.turns, 1):
            rounds.append(
                Round(
                    number=self.earlier + number,
                    phase=self.phase,
                    project=self.contest.ids[turn.place],
                    action=turn.action,
                    cost=self.describe.cost(turn.place),
                    left=self.describe.money(left),
                    merit=self._merit(turn.place),
                )
            )
            if turn.action is Action.FUNDED:
                left -= self.contest.cost[turn.place]
        return tuple(rounds)

    def _merit(self, place: int) -> Fraction | None:
        """The score, or score per unit of the currency; None where that is without end."""
        sign, merit = self.count.merit(place)
        if sign:
            return None
        units = self.describe.minor_units if self.count.by_ratio else 1
        return merit * units / self.contest.electorate.scale

    def projects(self) -> dict[int, ProjectResult]:
        turns = {turn.place: (number, turn) for number, turn in enumerate(self.count.turns, 1)}
        results = {}
        for place in range(len(self.contest.ids)):
            if place in self.count.funded:
                continue
            number, turn = turns.get(place, (None, None))
            reason = self.describe.out_of_the_count(place) or self.reason(place, turn)
            result = self.describe.project(place, reason)
            if reason.code is ReasonCode.FUNDED:
                result = replace(result, funded=True, phase=self.phase)
            elif reason.code is not ReasonCode.WITHDRAWN:
                result = replace(result, least_changes=self.changes(place))
            results[place] = replace(result, round=None if number is None else self.earlier + number)
        return results

    def reason(self, place: int, turn: Turn | None) -> Reason:
        if turn is None:
            return Reason(ReasonCode.COUNT_ENDED, project=self.contest.ids[self.count.turns[-1].place])
        left, needed = self.describe.money(turn.left), self.describe.cost(place)
        if turn.action is Action.CONFLICT:
            rival = None if turn.rival is None else self.contest.ids[turn.rival]
            return Reason(ReasonCode.CONFLICT, project=rival)
        if turn.action is Action.CAP_REACHED:
            return Reason(ReasonCode.CAP_REACHED, left=left, needed=needed, category=turn.category)
        code = ReasonCode.FUNDED if turn.action is Action.FUNDED else ReasonCode.DID_NOT_FIT
        return Reason(code, left=left, needed=needed)

    def changes(self, place: int) -> LeastChanges:
        absence = Absence(self._turns, place)
        return self.describe.changes(place, absence.cheaper(), absence.more_votes(), basis=self.basis)
