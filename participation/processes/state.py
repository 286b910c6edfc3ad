"""The state of a participation: one rule, as a function of facts and as a database expression."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Q, Value, When

from .enums import ModerationMode, State


@dataclass(frozen=True, slots=True)
class Facts:
    """Stored facts; every moment aware, `closes_at` exclusive."""

    published_at: dt.datetime | None
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    gate_met_at: dt.datetime | None
    gate_waived_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    answered_at: dt.datetime | None

    @property
    def is_past_gate(self) -> bool:
        return self.gate_met_at is not None or self.gate_waived_at is not None


def compute_state(facts: Facts, now: dt.datetime) -> State:
    """The state at `now`.

    A participation whose gate is shut at its opening time keeps waiting as scheduled; one whose closing time
    passes with the gate shut never was open and falls back to draft.
    """
    if facts.published_at is None or facts.opens_at is None:
        return State.DRAFT
    if facts.cancelled_at is not None and facts.cancelled_at <= now:
        return State.CANCELLED
    ended = facts.closes_at is not None and facts.closes_at <= now
    if not facts.is_past_gate:
        return State.DRAFT if ended else State.SCHEDULED
    if facts.answered_at is not None and facts.answered_at <= now and ended:
        return State.ANSWERED
    if now < facts.opens_at:
        return State.SCHEDULED
    return State.CLOSED if ended else State.OPEN


def contributions_are_shown(mode: str, state: State) -> bool:
    """Whether published contributions are shown one by one, by the mode of moderation."""
    if mode == ModerationMode.AFTER_CLOSING:
        return state in (State.CLOSED, State.ANSWERED)
    return mode != ModerationMode.SUMMARY_ONLY and state not in (State.DRAFT, State.SCHEDULED)


def state_expression(now: dt.datetime) -> Case:
    """The same rule for the database, over the columns of `Participation`."""
    ended = Q(closes_at__isnull=False, closes_at__lte=now)
    gate_shut = Q(gate_met_at=None, gate_waived_at=None)

    def when(condition: Q, state: State) -> When:
        return When(condition, then=Value(state.value))

    return Case(
        when(Q(published_at=None) | Q(opens_at=None), State.DRAFT),
        when(Q(cancelled_at__lte=now), State.CANCELLED),
        when(gate_shut & ended, State.DRAFT),
        when(gate_shut, State.SCHEDULED),
        when(ended & Q(answered_at__lte=now), State.ANSWERED),
        when(Q(opens_at__gt=now), State.SCHEDULED),
        when(ended, State.CLOSED),
        default=Value(State.OPEN.value),
        output_field=models.CharField(),
    )
