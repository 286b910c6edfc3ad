"""What every rule says of a project alike: its votes, and why it is not in the count."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from budgeting.counting.contest import Contest
from budgeting.counting.measures import money
from budgeting.counting.results import Basis, LeastChanges, ProjectResult, Reason, ReasonCode


class Describer:
    """Turns places and minor units into ids and sums of money."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.electorate = contest.electorate
        self.minor_units = contest.electorate.election.minor_units

    def money(self, amount: int) -> Decimal:
        return money(self.electorate, amount)

    def amount(self, amount: Fraction) -> Fraction:
        """A part of minor units as a part of the currency unit."""
        return amount / self.minor_units

    def cost(self, place: int) -> Decimal:
        return self.money(self.contest.cost[place])

    def project(self, place: int, reason: Reason) -> ProjectResult:
        """Not funded, and nothing known but the votes and the reason."""
        project = self.electorate.election.projects[place]
        return ProjectResult(
            id=project.id,
            name=project.name,
            cost=self.cost(place),
            score=self.electorate.true_score(place),
            supporters=self.electorate.supporters[place],
            funded=False,
            reason=reason,
        )

    def out_of_the_count(self, place: int) -> Reason | None:
        if place in self.contest.withdrawn:
            return Reason(ReasonCode.WITHDRAWN)
        if place in self.contest.below_threshold:
            return Reason(
                ReasonCode.BELOW_THRESHOLD,
                score=self.electorate.true_score(place),
                threshold=self.contest.parameters.threshold,
            )
        return None

    def changes(
        self,
        place: int,
        cheapest: int | None,
        more_votes: int | Fraction | None,
        *,
        basis: Basis = Basis.EXACT,
        votes_computed: bool = True,
    ) -> LeastChanges:
        """`cheapest` is the highest lower cost at which the project would be funded, if there is one."""
        never_votes = Basis.NEVER if votes_computed else Basis.NOT_COMPUTED
        if more_votes is not None and more_votes == int(more_votes):
            more_votes = int(more_votes)
        return LeastChanges(
            cheaper_by=None if cheapest is None else self.money(self.contest.cost[place] - cheapest),
            cheaper_basis=Basis.NEVER if cheapest is None else basis,
            more_votes=more_votes,
            more_votes_basis=never_votes if more_votes is None else basis,
        )

    def in_order(self, results: dict[int, ProjectResult], winners: list[int]) -> tuple[ProjectResult, ...]:
        """As registered, every winner with its place in the order of purchase."""
        positions = {place: number for number, place in enumerate(winners, 1)}
        return tuple(
            replace(results[place], position=positions.get(place)) for place in range(len(self.contest.ids))
        )
