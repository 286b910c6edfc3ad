"""What moderators see, in a number of queries that does not grow with the queue; and the public log."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from participation.processes.enums import LEFT_STATES, HoldReason, ModerationState
from participation.processes.models import Contribution, Participation
from participation.processes.page_access import has_public_page
from participation.processes.services.pages import page_model
from participation.processes.staff_selectors import titles
from portal.core.formats.text import HELSINKI

from .enums import ACTS_ON_NAME, TO_DO, ActKind, QueueFilter, Reason
from .models import AbuseReport, ModerationAct, ReviewRequest
from .registry import kinds

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What a moderator asked to see; empty fields ask for everything."""

    shown: QueueFilter = QueueFilter.WAITING
    participation: UUID | None = None
    language: str = ""
    held_for: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


def queue(query: QueueQuery) -> QuerySet[Contribution]:
    """Contributions of the registered kinds that the query asks for; what writers took back is in none."""
    rows: QuerySet[Contribution] = Contribution.objects.filter(participation__kind__in=kinds()).exclude(
        moderation_state__in=LEFT_STATES
    )
    rows = _shown(rows, query.shown)
    if query.participation:
        rows = rows.filter(participation__public_id=query.participation)
    if query.language:
        rows = rows.filter(language=query.language)
    if query.held_for in HoldReason.values:
        rows = rows.annotate(held=Cast("held_for", TextField())).filter(held__contains=f'"{query.held_for}"')
    if query.since:
        rows = rows.filter(received_at__gte=_midnight(query.since))
    if query.until:
        rows = rows.filter(received_at__lt=_midnight(query.until + dt.timedelta(days=1)))
    return rows


def _shown(rows: QuerySet[Contribution], shown: QueueFilter) -> QuerySet[Contribution]:
    if shown == QueueFilter.REPORTED:
        return rows.filter(Exists(AbuseReport.objects.unhandled().filter(contribution=OuterRef("pk"))))
    if shown == QueueFilter.REVIEW:
        return rows.filter(Exists(ReviewRequest.objects.unhandled().filter(contribution=OuterRef("pk"))))
    state = {
        QueueFilter.WAITING: ModerationState.PENDING,
        QueueFilter.PUBLISHED: ModerationState.PUBLISHED,
        QueueFilter.HIDDEN: ModerationState.HIDDEN,
    }.get(shown)
    return rows.filter(moderation_state=state) if state else rows


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=HELSINKI)


@dataclass(slots=True)
class QueuePage:
    rows: list[Contribution]
    previous: UUID | None
    following: UUID | None


def queue_page(query: QueueQuery, *, after: UUID | None = None, before: UUID | None = None) -> QueuePage:
    """One page by keyset: what waits longest comes first, everywhere else the latest."""
    oldest_first = query.shown in TO_DO
    rows = queue(query).annotate(
        reports=Coalesce(Subquery(_unhandled_reports()), 0),
        review_asked=Exists(ReviewRequest.objects.unhandled().filter(contribution=OuterRef("pk"))),
    )
    backwards = before is not None and after is None
    cursor = _cursor(after or before)
    ascending = oldest_first != backwards
    if cursor is not None:
        rows = rows.filter(_beyond(cursor, ascending))
    order = ("received_at", "id") if ascending else ("-received_at", "-id")
    found: list[Any] = list(
        rows.select_related("participation", "part", "parent", "organisation").order_by(*order)[
            : PAGE_SIZE + 1
        ]
    )
    more = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    if backwards:
        found.reverse()
    if not found:
        return QueuePage([], None, None)
    has_previous = more if backwards else cursor is not None
    has_following = True if backwards else more
    return QueuePage(
        found,
        found[0].public_id if has_previous else None,
        found[-1].public_id if has_following else None,
    )


def _cursor(public_id: UUID | None) -> tuple[dt.datetime, int] | None:
    if public_id is None:
        return None
    return Contribution.objects.filter(public_id=public_id).values_list("received_at", "id").first()


def _beyond(cursor: tuple[dt.datetime, int], ascending: bool) -> Q:
    received_at, key = cursor
    if ascending:
        return Q(received_at__gt=received_at) | Q(received_at=received_at, id__gt=key)
    return Q(received_at__lt=received_at) | Q(received_at=received_at, id__lt=key)


def _unhandled_reports() -> QuerySet[Any]:
    rows = AbuseReport.objects.unhandled().filter(contribution=OuterRef("pk")).order_by()
    return rows.values("contribution").annotate(number=Count("pk")).values("number")


def next_in(query: QueueQuery, contribution: Contribution) -> Contribution | None:
    """What comes after this one in the list, else the first of the list; None when the list is done."""
    ascending = query.shown in TO_DO
    order = ("received_at", "id") if ascending else ("-received_at", "-id")
    rows = queue(query).exclude(pk=contribution.pk).order_by(*order)
    cursor = (contribution.received_at, contribution.pk)
    return rows.filter(_beyond(cursor, ascending)).first() or rows.first()


def to_do_counts() -> dict[QueueFilter, int]:
    """How many contributions each list of things to decide holds."""
    return {shown: queue(QueueQuery(shown=shown)).count() for shown in TO_DO}


def waiting_count() -> int:
    return sum(to_do_counts().values())


def participations_with_contributions() -> QuerySet[Participation]:
    """Those a moderator can choose between, the latest first."""
    return Participation.objects.filter(kind__in=kinds(), received_count__gt=0).order_by("-opens_at", "-id")[
        :200
    ]


@dataclass(slots=True)
class Place:
    """Where contributions belong: the title of the participation and of each part, by row."""

    titles: dict[UUID, str]
    parts: dict[UUID, str] = field(default_factory=dict)

    def title(self, contribution: Contribution) -> str:
        return self.titles[contribution.participation.translation_key]

    def part(self, contribution: Contribution) -> str:
        return self.parts.get(contribution.part.block_id, "") if contribution.part else ""


def places_of(contributions: Iterable[Contribution], language: str) -> Place:
    """One query for titles and one for each kind of page, however many contributions there are."""
    participations = {row.participation_id: row.participation for row in contributions}.values()
    place = Place(titles(participations, language))
    for kind in {row.kind for row in participations}:
        keys = [row.translation_key for row in participations if row.kind == kind]
        pages = page_model(kind).objects.filter(translation_key__in=keys).select_related("locale")
        for page in sorted(pages, key=lambda page: page.locale.language_code == language[:2]):
            place.parts |= page.part_titles()
    return place


@dataclass(slots=True)
class Thread:
    """The conversation a contribution belongs to; what its writers took back shows no text."""

    root: Contribution
    replies: list[Contribution]


def thread_of(contribution: Contribution) -> Thread:
    root = contribution.parent or contribution
    replies = Contribution.objects.filter(parent=root).order_by("received_at", "id")[:100]
    return Thread(root, list(replies))


def same_text_count(contribution: Contribution) -> int:
    """Other contributions to the same participation with the same text."""
    same = Contribution.objects.filter(
        participation_id=contribution.participation_id, text_key=contribution.text_key
    )
    return same.exclude(pk=contribution.pk).count()


@dataclass(slots=True)
class LogRow:
    """One participation in the public log: how many contributions came, and how many acts of each reason."""

    title: str
    url: str
    received: int
    hidden: list[tuple[str, int]]
    redacted: list[tuple[str, int]]
    names_covered: list[tuple[str, int]]
    restored: int


def public_log(language: str) -> list[LogRow]:
    """Hidings and redactions by participation and reason; no names, no texts, no times of single acts.

    Counts contributions whose latest such act has the reason, so that one decided twice is counted once; a
    decision that was looked at again and stood is the latest still. Names are decided on apart from texts.
    """
    on_names = Q(kind__in=ACTS_ON_NAME)
    decisions = ModerationAct.objects.exclude(kind=ActKind.KEEP)
    rows = [*_latest(decisions.exclude(on_names)), *_latest(decisions.filter(on_names))]
    counts: dict[int, dict[str, dict[str, int]]] = {}
    for participation, kind, reason, number in rows:
        counts.setdefault(participation, {}).setdefault(kind, {})[reason] = number
    shown = Participation.objects.filter(
        has_public_page(), pk__in=counts, published_at__isnull=False
    ).order_by("-opens_at", "-id")
    names = titles(shown, language, public=True)
    return [
        LogRow(
            title=names[row.translation_key],
            url=f"/o/{row.public_id}",
            received=row.received_count,
            hidden=_by_reason(counts[row.pk].get(ActKind.HIDE, {})),
            redacted=_by_reason(counts[row.pk].get(ActKind.REDACT, {})),
            names_covered=_by_reason(counts[row.pk].get(ActKind.COVER_NAME, {})),
            restored=sum(counts[row.pk].get(ActKind.RESTORE, {}).values()),
        )
        for row in shown
    ]


def _latest(decisions: QuerySet[ModerationAct]) -> Iterable[tuple[int, str, str, int]]:
    """How many contributions of each participation have an act of this kind and reason as their latest."""
    latest = decisions.filter(contribution=OuterRef("contribution")).order_by("-at", "-id")
    return (
        decisions.filter(pk=Subquery(latest.values("pk")[:1]))
        .filter(contribution__participation__kind__in=kinds(), contribution__destroyed_at=None)
        .exclude(kind__in=[ActKind.APPROVE, ActKind.SHOW_NAME])
        .order_by()
        .values_list("contribution__participation", "kind", "reason")
        .annotate(number=Count("pk"))
    )


def _by_reason(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(str(reason.label), counts[reason]) for reason in Reason if counts.get(reason)]
