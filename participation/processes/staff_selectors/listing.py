"""Lists of participations for staff, in a constant number of queries."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from portal.core.models import AuthorityProfile

from ..enums import State
from ..models import Participation
from ..state import state_expression
from .titles import titles

SOON = dt.timedelta(days=7)


def participations(*, state: str = "", search: str = "") -> QuerySet[Participation]:
    """Newest first; `search` looks in titles of every language, matters and diary numbers."""
    rows = Participation.objects.with_state()
    if state:
        rows = Participation.objects.in_state(State(state))
    if search:
        keys = Page.objects.filter(draft_title__icontains=search).values("translation_key")
        rows = rows.filter(
            Q(translation_key__in=keys)
            | Q(matter_fi__icontains=search)
            | Q(matter_sv__icontains=search)
            | Q(diary_number__icontains=search)
        )
    return rows.select_related("unit").order_by("-created_at", "-id")


def state_counts() -> dict[str, int]:
    """How many participations are in each state now."""
    rows = Participation.objects.annotate(state_now=state_expression(timezone.now()))
    return dict(rows.order_by().values_list("state_now").annotate(number=Count("pk")))


def listed(rows: Iterable[Participation], language: str) -> list[dict[str, Any]]:
    """Each row with its title and how each public language stands."""
    found = list(rows)
    names = titles(found, language)
    pages = _pages_by_key(found)
    wanted = AuthorityProfile.load().languages
    return [
        {
            "participation": row,
            "title": names[row.translation_key],
            "state": State(row.state_now) if hasattr(row, "state_now") else row.state,
            "languages": [(code, _standing(pages.get((row.translation_key, code)))) for code in wanted],
            "gate": _gate(row),
        }
        for row in found
    ]


def _pages_by_key(rows: list[Participation]) -> dict[tuple[uuid.UUID, str], Page]:
    pages = Page.objects.filter(translation_key__in=[row.translation_key for row in rows])
    return {
        (page.translation_key, page.locale.language_code): page for page in pages.select_related("locale")
    }


def _standing(page: Page | None) -> str:
    """missing, alias, draft, changed (published, with changes that are not) or live."""
    if page is None:
        return "missing"
    if page.alias_of_id:
        return "alias"
    if not page.live:
        return "draft"
    return "changed" if page.has_unpublished_changes else "live"


def _gate(row: Participation) -> str:
    if row.gate_met_at is not None:
        return "met"
    return "waived" if row.gate_waived_at is not None else "shut"


def gate_shut_soon(now: dt.datetime | None = None) -> QuerySet[Participation]:
    """Those that would open within a week, or should have, but whose gate is shut."""
    moment = now or timezone.now()
    rows = Participation.objects.in_state(State.SCHEDULED, now=moment)
    return rows.filter(gate_met_at=None, gate_waived_at=None, opens_at__lt=moment + SOON).order_by("opens_at")


def closing_soon(now: dt.datetime | None = None) -> QuerySet[Participation]:
    moment = now or timezone.now()
    rows = Participation.objects.in_state(State.OPEN, now=moment)
    return rows.filter(closes_at__lt=moment + SOON).order_by("closes_at")


def failing() -> QuerySet[Participation]:
    """Those at which beat stopped at an error, the longest first."""
    return (
        Participation.objects.filter(effect_failure__isnull=False)
        .select_related("effect_failure")
        .order_by("effect_failure__since")
    )


def answers_due(now: dt.datetime | None = None) -> QuerySet[Participation]:
    """Closed ones whose answer is promised within a week or is late."""
    moment = now or timezone.now()
    rows = Participation.objects.in_state(State.CLOSED, now=moment)
    return rows.filter(planned_answer__lte=(moment + SOON).date()).order_by("planned_answer")
