"""What a count is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from budgeting.counting.ties import TieKey


class Rule(StrEnum):
    GREEDY = "greedy"
    GREEDY_RATIO = "greedy-ratio"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"

    @property
    def is_greedy(self) -> bool:
        return self in {Rule.GREEDY, Rule.GREEDY_RATIO}


class OnMisfit(StrEnum):
    """What a greedy rule does with a project that costs more than is left: pass it by, or end the count."""

    SKIP = "skip"
    STOP = "stop"


class Utility(StrEnum):
    """What a funded project is worth to a voter who gave it the value v: v × cost, or v."""

    COST = "cost"
    COUNT = "count"


class Start(StrEnum):
    """The first share per voter: budget/voters, or the whole units of currency in it."""

    EXACT = "exact"
    FLOOR = "floor"


class Until(StrEnum):
    """Where raising the share ends: when nothing more fits, or only before the first overspend."""

    EXHAUSTIVE = "exhaustive"
    INFEASIBLE = "infeasible"


class Completion(StrEnum):
    NONE = "none"
    ADD = "add"
    ADD_GREEDY = "add-greedy"


class ParametersError(ValueError):
    """What was asked cannot be done; the message is one sentence for the person who asked."""


@dataclass(frozen=True)
class Parameters:
    """Every rule reads `threshold` and `ties`; the others read what their names say.

    `threshold` is the least score of a project in the count. Of each of the `conflicts` (greedy rules) at
    most one project is funded. `caps` (greedy rules) limit what the projects of a category cost together,
    in minor units. `step` (the add walk) is in minor units too; None is max(1, ⌊starting share/1000⌋) units
    of the currency. `lots` are project ids, the first wins.
    """

    rule: Rule = Rule.GREEDY
    on_misfit: OnMisfit = OnMisfit.SKIP
    threshold: Fraction | None = None
    utility: Utility = Utility.COST
    start: Start = Start.EXACT
    step: Fraction | None = None
    until: Until = Until.EXHAUSTIVE
    completion: Completion = Completion.NONE
    compare_greedy: bool = False
    ties: tuple[TieKey, ...] = (TieKey.ID,)
    lots: tuple[str, ...] = ()
    conflicts: tuple[frozenset[str], ...] = ()
    caps: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.step is not None and self.step <= 0:
            raise ParametersError(f"the step is {self.step}; it must be more than 0")
        if len(set(self.ties)) < len(self.ties):
            raise ParametersError("a tie criterion stands twice in the list")
        if TieKey.LOT in self.ties and not self.lots:
            raise ParametersError("ties go by lot, but no lots were given")
        if len(set(self.lots)) < len(self.lots):
            raise ParametersError("a project stands twice among the lots")
        if (self.conflicts or self.caps) and not self.rule.is_greedy:
            raise ParametersError(f"the rule {self.rule} knows no conflicts and no caps")
