"""The projects of an election that are in the count, and those that are not, with the reason."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from budgeting.counting.electorate import Electorate
from budgeting.counting.parameters import Parameters, ParametersError
from budgeting.counting.ties import TieOrder


class Contest:
    """What every rule is given. Projects go by their place; sums are in minor units."""

    def __init__(self, electorate: Electorate, parameters: Parameters) -> None:
        election = electorate.election
        self.electorate = electorate
        self.parameters = parameters
        self.budget = election.budget
        self.cost = tuple(project.cost for project in election.projects)
        self.ids = tuple(project.id for project in election.projects)
        self.ties = TieOrder(electorate, parameters.ties, parameters.lots)
        known = set(self.ids)
        named = {*parameters.lots, *(project for group in parameters.conflicts for project in group)}
        if unknown := sorted(named - known):
            raise ParametersError(f"the file has no project {unknown[0]}")

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        return frozenset(
            place for place, project in enumerate(self.electorate.election.projects) if project.withdrawn
        )

    @cached_property
    def below_threshold(self) -> frozenset[int]:
        """A project whose score is the threshold is not below it."""
        threshold = self.parameters.threshold
        if threshold is None:
            return frozenset()
        least: Fraction = threshold * self.electorate.scale
        scores = enumerate(self.electorate.score)
        return frozenset(place for place, score in scores if score < least and place not in self.withdrawn)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The projects in the count."""
        out = self.withdrawn | self.below_threshold
        return tuple(place for place in range(len(self.ids)) if place not in out)

    @cached_property
    def supported(self) -> tuple[int, ...]:
        """Those of them that somebody supports."""
        return tuple(place for place in self.places if self.electorate.supporters[place])

    def total(self, places: frozenset[int] | tuple[int, ...]) -> int:
        return sum(self.cost[place] for place in places)
