"""What staff find among contributions, from the table that no public view reads.

What may be found is decided by the contributions' own rows at that moment, not by the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from participation.processes.enums import Audience, ModerationState
from participation.processes.models import Contribution, Participation
from participation.processes.permissions import may_moderate
from participation.processes.staff_selectors import titles
from portal.accounts.models import Organisation, User
from portal.core.collation import sort_key

from . import bridge, ranking, scoring
from .asking import Place
from .enums import StateChoice, Tier
from .highlight import Marker, Piece
from .models import StaffSearchEntry
from .permissions import states_found_by
from .reading import Reading, read
from .staff_forms import StaffFilters

PAGE_SIZE = 25
MOST_CHOICES = 200
"""Participations to choose from, the latest ones; words find what is in the others."""


@dataclass(frozen=True, slots=True)
class StaffResult:
    """One contribution with the words that were asked for marked; `related` only the term list led to."""

    contribution: Contribution
    title: str
    writer: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    related: tuple[str, ...]
    url: str


@dataclass(slots=True)
class StaffResults:
    total: int = 0
    results: list[StaffResult] = field(default_factory=list)
    following: Place | None = None
    is_asked: bool = False


def search(
    text: str, *, user: User, language: str, filters: StaffFilters, after: Place | None = None
) -> StaffResults:
    """Answers a question typed in a language; a constant number of queries."""
    reading = read(text, language, bridge.current())
    if reading.is_empty:
        return StaffResults()
    rows = _found(reading, user, filters)
    places = _places(rows, reading, after)
    shown = dict(list(places.items())[:PAGE_SIZE])
    return StaffResults(
        total=rows.count(),
        results=_results(shown, Marker(reading), user, language),
        following=list(shown.values())[-1] if len(places) > PAGE_SIZE else None,
        is_asked=True,
    )


def _open_to(user: User, prefix: str = "") -> Q:
    """Contributions that the user may find; `prefix` leads to them from another table."""
    return Q(**{f"{prefix}moderation_state__in": states_found_by(user), f"{prefix}destroyed_at": None})


def _found(reading: Reading, user: User, filters: StaffFilters) -> QuerySet[StaffSearchEntry]:
    rows = ranking.found(StaffSearchEntry.objects.filter(_open_to(user, "contribution__")), reading)
    if filters.state == StateChoice.PREPARERS:
        rows = rows.filter(contribution__audience=Audience.PREPARERS)
    elif filters.state:
        rows = rows.filter(contribution__moderation_state=filters.state)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.organisation:
        rows = rows.filter(contribution__organisation__public_id=filters.organisation)
    if filters.participation:
        rows = rows.filter(contribution__participation__public_id=filters.participation)
    return rows


def _places(rows: QuerySet[StaffSearchEntry], reading: Reading, after: Place | None) -> dict[int, Place]:
    """Keys of contributions in order, one more than a page shows, each with its place."""
    rows = rows.annotate(score=ranking.score(StaffSearchEntry, reading))
    if after is not None:
        same = Q(score=after.score)
        same_moment = same & Q(contribution__received_at=after.dated_at)
        rows = rows.filter(
            Q(score__lt=after.score)
            | same & Q(contribution__received_at__lt=after.dated_at)
            | same_moment & Q(contribution__public_id__gt=after.document.split(":")[1])
        )
    columns = ("score", "contribution__received_at", "contribution__public_id", "language", "contribution_id")
    ordered = rows.order_by("-score", "-contribution__received_at", "contribution__public_id")
    return {
        key: Place(score, 0, received_at, f"contribution:{public_id}:{language}")
        for score, received_at, public_id, language, key in ordered.values_list(*columns)[: PAGE_SIZE + 1]
    }


def _results(places: dict[int, Place], marker: Marker, user: User, language: str) -> list[StaffResult]:
    rows = Contribution.objects.select_related("participation", "organisation").in_bulk(list(places))
    names = titles({row.participation for row in rows.values()}, language)
    found = []
    for key, place in places.items():
        row = rows[key]
        writer = " · ".join(filter(None, (row.display_name, str(row.organisation or ""))))
        passage = marker.passage(row.public_text, row.language)
        is_related = scoring.tier_of(place.score) == Tier.RELATED
        found.append(
            StaffResult(
                contribution=row,
                title=names[row.participation.translation_key],
                writer=marker.whole(writer, row.language).pieces,
                passage=passage.pieces,
                related=passage.related if is_related else (),
                url=_address(row, user),
            )
        )
    return found


def _address(contribution: Contribution, user: User) -> str:
    """Where the user works on it: moderators decide on it, officials have its participation."""
    if may_moderate(user):
        return reverse("moderation_admin:contribution", args=[contribution.public_id])
    return reverse("participations:settings", args=[contribution.participation.public_id])


def states_to_choose(user: User) -> list[StateChoice]:
    readable = states_found_by(user)
    return [
        choice
        for choice in StateChoice
        if choice not in ModerationState.values or ModerationState(choice) in readable
    ]


def organisations_to_choose(user: User, language: str) -> list[tuple[str, str]]:
    """Those that have said something the user may find."""
    said = Contribution.objects.filter(_open_to(user), organisation=OuterRef("pk"))
    names = [(str(row.public_id), str(row)) for row in Organisation.objects.filter(Exists(said))]
    return sorted(names, key=lambda pair: sort_key(pair[1], language))


def participations_to_choose(user: User, language: str) -> list[tuple[str, str]]:
    """Those in which somebody has said something the user may find, the latest first."""
    said = Contribution.objects.filter(_open_to(user), participation=OuterRef("pk"))
    found = Participation.objects.filter(Exists(said)).order_by("-opens_at", "-id")
    rows: Iterable[Any] = found[:MOST_CHOICES]
    names = titles(rows, language)
    return [(str(row.public_id), names[row.translation_key]) for row in rows]
