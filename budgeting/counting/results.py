"""What a count says of each project: funded or not, at what price, paid by whom, why not, what would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from budgeting.counting.measures import Measures
from budgeting.counting.report import Report, plain
from budgeting.counting.ties import Tie


class Phase(StrEnum):
    """Which part of a count a round belongs to."""

    GREEDY = "greedy"
    EQUAL_SHARES = "equal-shares"
    # Greedy on what Equal Shares left.
    COMPLETION = "completion"
    PHRAGMEN = "phragmen"


class ReasonCode(StrEnum):
    FUNDED = "funded"
    WITHDRAWN = "withdrawn"
    # score, threshold
    BELOW_THRESHOLD = "below-threshold"
    # left, needed: what was left at its turn, what it costs
    DID_NOT_FIT = "did-not-fit"
    # project: the count ended with it, before this project's turn
    COUNT_ENDED = "count-ended"
    # project: funded before, and not both may be
    CONFLICT = "conflict"
    # category, left (of the cap), needed
    CAP_REACHED = "cap-reached"
    # left: what its supporters had when no project could be paid any more, needed; see `support`
    SUPPORTERS_SHORT = "supporters-short"
    NO_SUPPORTERS = "no-supporters"
    # needed, left: the whole budget
    DEARER_THAN_BUDGET = "dearer-than-budget"


@dataclass(frozen=True)
class Reason(Report):
    """Why a project is funded or not; the numbers that belong to the code, the others None."""

    code: ReasonCode
    left: Decimal | Fraction | None = None
    needed: Decimal | None = None
    score: Fraction | None = None
    threshold: Fraction | None = None
    project: str | None = None
    category: str | None = None


class PaymentCode(StrEnum):
    FULL = "full"
    ALL_THEY_HAD = "all-they-had"
    NOTHING_LEFT = "nothing-left"
    # Phragmén: the difference between the new load and the one they had
    WHAT_WAS_MISSING = "what-was-missing"


@dataclass(frozen=True)
class Payers(Report):
    """Supporters who gave a project the same value and paid for it in the same way; `total` is their sum."""

    value: Fraction
    payment: PaymentCode
    voters: int
    total: Fraction


@dataclass(frozen=True)
class Spending(Report):
    """What the supporters of a project paid for another one."""

    project: str
    amount: Fraction


@dataclass(frozen=True)
class Support(Report):
    """The money of a project's supporters: what they were given, what is left, what they spent it on."""

    given: Fraction
    left: Fraction
    spent_on: tuple[Spending, ...]


class Basis(StrEnum):
    """What a least change rests on."""

    # With this change alone a recount funds the project, and with one unit less of it does not.
    EXACT = "exact"
    # The same, if the share that a walk reached and the choice between two outcomes stay what they are.
    HOLDING_THE_REST = "holding-the-rest"
    # No change of this kind would do.
    NEVER = "never"
    # The rule gives no such number: more votes change everybody's share, or whose they are matters.
    NOT_COMPUTED = "not-computed"


@dataclass(frozen=True)
class LeastChanges(Report):
    """By how much cheaper, or with how many more votes, a project that is not funded would be.

    More votes are ballots with this project alone. Where ballots have points, a greedy rule asks for so many
    points on one such ballot, and Phragmén's for so many ballots with any points for it.
    """

    cheaper_by: Decimal | None
    cheaper_basis: Basis
    more_votes: int | Fraction | None
    more_votes_basis: Basis


@dataclass(frozen=True)
class Round(Report):
    """One step of a count, and the numbers its rule goes by.

    `price` is what a supporter pays for one unit of value (Equal Shares), or the load of each supporter after
    the purchase (Phragmén). `effective_support` is cost / price: so many votes, paid in full by voters with
    nothing spent, would give the same price. `left` is what was left of the budget before.
    """

    number: int
    phase: Phase
    project: str
    action: str
    cost: Decimal
    left: Decimal
    merit: Fraction | None = None
    price: Fraction | None = None
    effective_support: Fraction | None = None


@dataclass(frozen=True)
class ProjectResult(Report):
    """`position` is the place in the order of purchase, `round` the round of that; both from 1.

    A project that Equal Shares or Phragmén did not buy has the price and the effective support it had last:
    in `round`, the last one in which its supporters could have paid (Equal Shares), or at the end (Phragmén).
    """

    id: str
    name: str
    cost: Decimal
    score: Fraction
    supporters: int
    funded: bool
    reason: Reason
    phase: Phase | None = None
    position: int | None = None
    round: int | None = None
    price: Fraction | None = None
    effective_support: Fraction | None = None
    payers: tuple[Payers, ...] = ()
    support: Support | None = None
    least_changes: LeastChanges | None = None


@dataclass(frozen=True)
class Result(Report):
    """A whole count; `winners` in the order of purchase."""

    winners: tuple[str, ...]
    total_cost: Decimal
    rounds: tuple[Round, ...]
    ties: tuple[Tie, ...]
    projects: tuple[ProjectResult, ...]
    measures: Measures
    parameters: Mapping[str, Any] = field(default_factory=dict)
    input_sha256: str = ""
    engine_version: str = ""

    def to_dict(self) -> dict[str, Any]:
        tree: dict[str, Any] = plain(self)
        return tree
