"""A count of Phragmén's rule, project by project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from budgeting.counting import exact
from budgeting.counting.explanation.phragmen_changes import Absence, histories
from budgeting.counting.explanation.projects import Describer
from budgeting.counting.phragmen import Phragmen
from budgeting.counting.results import (
    LeastChanges,
    Payers,
    PaymentCode,
    Phase,
    ProjectResult,
    Reason,
    ReasonCode,
    Round,
)


class PhragmenExplanation:
    def __init__(self, count: Phragmen) -> None:
        self.count = count
        self.contest = count.contest
        self.describe = Describer(count.contest)
        self.rounds_of = {place: number for number, place in enumerate(count.bought, 1)}
        self.histories = histories(count)

    def rounds(self) -> tuple[Round, ...]:
        left, rounds = self.contest.budget, []
        for number, place in enumerate(self.count.bought, 1):
            rounds.append(self._round(number, place, "bought", left, self.count.loads[number]))
            left -= self.contest.cost[place]
        if (last := self.count.ended_by) is not None:
            rounds.append(self._round(len(rounds) + 1, last, "ended-the-count", left, self.count.last_load))
        return tuple(rounds)

    def _round(self, number: int, place: int, action: str, left: int, load: Any) -> Round:
        return Round(
            number=number,
            phase=Phase.PHRAGMEN,
            project=self.contest.ids[place],
            action=action,
            cost=self.describe.cost(place),
            left=self.describe.money(left),
            price=self.describe.amount(exact.fraction(load)),
            effective_support=self._effective(place, load),
        )

    def _effective(self, place: int, load: Any) -> Fraction | None:
        return self.contest.cost[place] / exact.fraction(load) if load else None

    def projects(self) -> dict[int, ProjectResult]:
        left = self.contest.budget - self.contest.total(tuple(self.count.bought))
        return {place: self._project(place, left) for place in range(len(self.contest.ids))}

    def _project(self, place: int, left: int) -> ProjectResult:
        reason = self.describe.out_of_the_count(place) or self._reason(place, left)
        result = self.describe.project(place, reason)
        if reason.code is ReasonCode.FUNDED:
            number = self.rounds_of[place]
            load = self.count.loads[number]
            result = replace(result, funded=True, phase=Phase.PHRAGMEN, round=number)
            result = replace(result, payers=self._payers(number))
        elif place in self.count.camps:
            load = self.count.load_after(place)
        else:
            load = None
        if load is not None:
            price = self.describe.amount(exact.fraction(load))
            result = replace(result, price=price, effective_support=self._effective(place, load))
        if result.funded or reason.code is ReasonCode.WITHDRAWN:
            return result
        return replace(result, least_changes=self._changes(place))

    def _reason(self, place: int, left: int) -> Reason:
        needed = self.describe.cost(place)
        if place in self.rounds_of:
            return Reason(ReasonCode.FUNDED)
        if not self.contest.electorate.supporters[place]:
            return Reason(ReasonCode.NO_SUPPORTERS)
        if self.contest.cost[place] > self.contest.budget:
            whole = self.describe.money(self.contest.budget)
            return Reason(ReasonCode.DEARER_THAN_BUDGET, left=whole, needed=needed)
        if self.count.ended_by is None or place == self.count.ended_by:
            return Reason(ReasonCode.DID_NOT_FIT, left=self.describe.money(left), needed=needed)
        return Reason(ReasonCode.COUNT_ENDED, project=self.contest.ids[self.count.ended_by])

    def _payers(self, number: int) -> tuple[Payers, ...]:
        """Everybody takes over the same load; those who bore something pay what is missing."""
        place = self.count.bought[number - 1]
        fresh = sum(
            voters for group, voters in self.count.camps[place].members if self.histories[group][0] == number
        )
        burdened = self.contest.electorate.supporters[place] - fresh
        full = exact.fraction(self.count.loads[number]) * fresh
        missing = self.contest.cost[place] - full
        one = Fraction(1)
        paid = (
            Payers(one, PaymentCode.FULL, fresh, self.describe.amount(full)),
            Payers(one, PaymentCode.WHAT_WAS_MISSING, burdened, self.describe.amount(missing)),
        )
        return tuple(payers for payers in paid if payers.voters)

    def _changes(self, place: int) -> LeastChanges:
        absence = Absence(self.count, place, self.histories)
        points = self.contest.electorate.election.vote_type.has_points
        computed = not (points and place in self.contest.below_threshold)
        votes = absence.more_votes() if computed else None
        return self.describe.changes(place, absence.cheaper(), votes, votes_computed=computed)
