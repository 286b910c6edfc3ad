"""What is counted: projects with their costs, and the ballots cast on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class VoteType(StrEnum):
    """How a ballot is filled in (`vote_type` of pabulib.org/format)."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"

    @property
    def has_points(self) -> bool:
        return self in {VoteType.CUMULATIVE, VoteType.SCORING}

    @property
    def is_choice(self) -> bool:
        """Named or not named, without more or less."""
        return self in {VoteType.APPROVAL, VoteType.CHOOSE_ONE}


@dataclass(frozen=True, slots=True)
class Project:
    """One project on the ballot paper.

    `cost` is in minor units and may be 0; `number` is its place in the register, from 0. A `withdrawn` one
    was taken back after the vote began (its cost is then only a sign, 999999999): it is never funded, and a
    rule that stops at the first project that does not fit passes it by.
    """

    id: str
    cost: int
    number: int
    name: str = ""
    categories: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Ballot:
    """One voter's paper: project ids in the order written; `points` beside them where the type has them.

    No project stands twice on a ballot. An empty ballot is a voter's too and counts in the share per voter.
    Points may be 0, and below 0 where the type is `scoring`.
    """

    projects: tuple[str, ...]
    points: tuple[Fraction, ...] | None = None

    def values(self, vote_type: VoteType) -> tuple[Fraction | int, ...]:
        """The value of each of `projects`: 1 if approved, its points, or L…1 by rank (L = the length)."""
        if vote_type.has_points:
            return self.points or ()
        if vote_type is VoteType.ORDINAL:
            return tuple(range(len(self.projects), 0, -1))
        return (1,) * len(self.projects)


@dataclass(frozen=True)
class Election:
    """All that a rule may look at.

    `budget` and costs are in minor units; `minor_units` of them make one unit of the currency (1 where
    amounts are whole, 100 for cents). `score_threshold` is the least score that a project needs by the
    city's own regulation (META `min_project_score_threshold`), None where there is none.
    """

    budget: int
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    vote_type: VoteType
    minor_units: int = 1
    currency: str = ""
    score_threshold: Fraction | None = None
    meta: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def project_by_id(self) -> Mapping[str, Project]:
        return {project.id: project for project in self.projects}
