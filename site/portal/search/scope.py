"""What may be found at this moment, and which participations a filter means.

State, form and municipality are the participation's and change with time or by an act; whether a page is
public depends on the pages above it. None of it is in an index: it is read here for each question, in a fixed
number of queries, so that no index can be out of date about it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from participation.processes.enums import PUBLIC_STATES, State
from participation.processes.models import Participation
from participation.processes.page_access import has_public_page, is_public_page
from participation.processes.state import contributions_are_shown

from .models import SearchEntry


@dataclass(frozen=True, slots=True)
class Matter:
    """What the search asks of a participation."""

    form: str
    state: State
    municipalities: frozenset[str]
    """Codes; none: all of the authority's."""

    def concerns(self, municipality: str) -> bool:
        return not self.municipalities or municipality in self.municipalities


@dataclass(slots=True)
class Scope:
    """Keys of the database; all sets are small beside what is searched."""

    now: dt.datetime
    matters: dict[int, Matter] = field(default_factory=dict)
    hidden_participations: set[int] = field(default_factory=set)
    """None of their pages is public: nothing of theirs is found."""
    silent_participations: set[int] = field(default_factory=set)
    """Their contributions are not shown, now or ever."""
    hidden_pages: set[int] = field(default_factory=set)
    municipality_names: dict[str, dict[str, str]] = field(default_factory=dict)
    """By code and language, of those that some participation names."""


def present_scope(now: dt.datetime | None = None) -> Scope:
    """Two queries, whatever there is."""
    scope = Scope(now or timezone.now())
    for row in _participations(scope.now):
        if not row["is_seen"]:
            scope.hidden_participations.add(row["pk"])
            continue
        state = State(row["state_now"])
        if not contributions_are_shown(row["moderation_mode"], state):
            scope.silent_participations.add(row["pk"])
        if state in PUBLIC_STATES:
            before = scope.matters.get(row["pk"])
            codes = before.municipalities if before else frozenset()
            if code := row["municipalities__code"]:
                codes |= {code}
                names = (row["municipalities__name_fi"], row["municipalities__name_sv"])
                scope.municipality_names[code] = dict(zip(("fi", "sv"), names, strict=True))
            scope.matters[row["pk"]] = Matter(row["form"], state, codes)
    scope.hidden_pages = set(
        Page.objects.filter(Exists(SearchEntry.objects.filter(page=OuterRef("pk"))))
        .exclude(is_public_page())
        .values_list("pk", flat=True)
    )
    return scope


def _participations(now: dt.datetime) -> Iterable[Any]:
    """One row for each municipality of each participation, or one where none is named."""
    rows = Participation.objects.with_state(now).annotate(is_seen=has_public_page()).order_by()
    return rows.values(
        "pk",
        "form",
        "moderation_mode",
        "state_now",
        "is_seen",
        "municipalities__code",
        "municipalities__name_fi",
        "municipalities__name_sv",
    )
