"""Reads for people: cards, processes and timelines in one language, with a constant number of queries."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page

from portal.accounts.models import User
from portal.core.models import ContactPerson

from .enums import PUBLIC_STATES, ProcessStage, State
from .models import Contribution, Participation, ParticipationPage, ProcessPage
from .models.participation import ParticipationQuerySet
from .page_access import AnyPage, seen_by

LISTED_ENDED = 20
BLOCK_END = re.compile(r"</(?:p|h\d|li)>|<br ?/?>")


def participations_in(*states: State, now: dt.datetime | None = None) -> QuerySet[Participation]:
    """Participations in these states: first what ends or begins first; ended ones the latest first."""
    rows = Participation.objects.in_state(*states, now=now)
    ended = set(states) <= {State.CLOSED, State.ANSWERED, State.CANCELLED}
    return rows.order_by("-closes_at", "-id") if ended else rows.order_by("closes_at", "opens_at", "id")


def cards(participations: Iterable[Participation], language: str) -> list[dict[str, Any]]:
    """What components/participation_card.html shows, in the given language or else in the other one.

    Participations without a live public page are left out. One query for each kind of page.
    """
    rows = list(participations)
    pages = _live_pages({row.translation_key for row in rows})
    return [
        _card(row, page, language)
        for row in rows
        if (page := _best(pages.get(row.translation_key, []), language)) is not None
    ]


def _live_pages(keys: set[uuid.UUID]) -> dict[uuid.UUID, list[ParticipationPage]]:
    found: dict[uuid.UUID, list[ParticipationPage]] = {}
    if not keys:
        return found
    for model in apps.get_models():
        if issubclass(model, ParticipationPage):
            pages = model.objects.live().public().filter(translation_key__in=keys, alias_of=None)
            for page in pages.select_related("locale"):
                found.setdefault(page.translation_key, []).append(page)
    return found


def _best(pages: Sequence[AnyPage], language: str) -> AnyPage | None:
    own = [page for page in pages if page.locale.language_code == language]
    return next(iter(own or pages), None)


def _card(row: Participation, page: ParticipationPage, language: str) -> dict[str, Any]:
    outcome = next((getattr(page, name) for name in page.answer_fields), "")
    own = page.locale.language_code
    return {
        "title": page.title,
        "url": page.url,
        "state": getattr(row, "state_now", None) or row.state.value,
        "kind": page.kind_label,
        "form": row.get_form_display(),
        "summary": page.lead,
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "answered_at": row.answered_at,
        "contributions": row.published_count,
        "outcome": first_sentences(outcome) if row.answered_at else "",
        "lang": own if own != language else "",
    }


def participation_address(public_id: uuid.UUID, language: str, request: HttpRequest) -> str | None:
    """Address of the page that this visitor may read, in the language if there is one; else None."""
    keys = Participation.objects.filter(public_id=public_id).values("translation_key")
    return _readable_address(Page.objects.filter(translation_key__in=keys), language, request)


def page_address(public_id: uuid.UUID, language: str, request: HttpRequest) -> str | None:
    """The same of any page, by the key that its translations share."""
    return _readable_address(Page.objects.filter(translation_key=public_id), language, request)


def _readable_address(pages: QuerySet[Page], language: str, request: HttpRequest) -> str | None:
    page = _best(seen_by(pages.select_related("locale"), request), language)
    return page.url if page else None


def staff_address(public_id: uuid.UUID, language: str, request: HttpRequest) -> str | None:
    """Address of the staff's page of a participation that the public does not see."""
    known = Participation.objects.filter(public_id=public_id).exists()
    return reverse("participations:settings", args=[public_id]) if known else None


def contribution_address(public_id: uuid.UUID, language: str, request: HttpRequest) -> str | None:
    """Address of the page a public contribution is shown on."""
    row = Contribution.objects.published().filter(public_id=public_id).select_related("participation").first()
    if row is None:
        return None
    address = participation_address(row.participation.public_id, language, request)
    return f"{address}#c-{public_id}" if address else None


def first_sentences(rich_text: str, characters: int = 180) -> str:
    """The opening paragraph as plain text; a heading or a list after it would run into it."""
    texts = (" ".join(unescape(strip_tags(block)).split()) for block in BLOCK_END.split(rich_text))
    text = next(filter(None, texts), "")
    if len(text) <= characters:
        return text
    cut = text[:characters]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:–')} …"


def when(starts: dt.date | None, ends: dt.date | None, today: dt.date) -> str:
    """past, current or next; a milestone is a day, a phase without an end goes on."""
    if starts is not None and starts > today:
        return "next"
    if ends is not None and ends < today:
        return "past"
    return "current"


def milestones(blocks: Iterable[Any], today: dt.date | None = None) -> list[dict[str, Any]]:
    """A StreamField of milestone blocks as components/timeline.html shows it, in order of date."""
    day = today or timezone.localdate()
    values = sorted((block.value for block in blocks), key=lambda value: value["date"])
    return [
        {
            "title": value["title"],
            "date": value["date"],
            "when": when(value["date"], value["date"], day),
            "body": value["deciding_body"],
            "audience": value["audience"],
            "text": value["text"] if value["text"] and value["text"].source else "",
        }
        for value in values
    ]


def next_milestone(blocks: Iterable[Any]) -> str:
    return next((item["title"] for item in milestones(blocks) if item["when"] != "past"), "")


def contacts(people: Iterable[ContactPerson]) -> list[dict[str, str]]:
    """Contact persons as components/contact_box.html shows them, in the current language."""
    return [
        {
            "name": person.name,
            "title": person.text("title"),
            "unit": person.unit.text("name") if person.unit else "",
            "email": person.email,
            "phone": person.phone,
        }
        for person in people
    ]


def grouped_cards(rows: ParticipationQuerySet, language: str) -> dict[str, list[dict[str, Any]]]:
    """Cards by state; ended ones the latest first."""
    found = list(rows.in_state(*PUBLIC_STATES).order_by("closes_at", "id"))
    made = cards(found, language)

    def of(state: State, newest_first: bool = False) -> list[dict[str, Any]]:
        chosen = [card for card in made if card["state"] == state]
        return chosen[::-1][:LISTED_ENDED] if newest_first else chosen

    return {
        "open_cards": of(State.OPEN),
        "coming_cards": of(State.SCHEDULED),
        "closed_cards": of(State.CLOSED, newest_first=True),
        "answered_cards": of(State.ANSWERED, newest_first=True),
        "cancelled_cards": of(State.CANCELLED, newest_first=True),
    }


def open_counts() -> dict[str, int]:
    """How many participations are open, by form."""
    rows = Participation.objects.in_state(State.OPEN).order_by()
    return dict(rows.values_list("form").annotate(Count("id")))


def process_items(pages: Iterable[ProcessPage]) -> list[dict[str, str]]:
    """Processes as components/process_list.html shows them."""
    return [
        {
            "title": page.title,
            "url": page.url,
            "stage": page.get_stage_display(),
            "summary": page.lead,
            "next": next_milestone(page.milestones),
        }
        for page in pages
    ]


def process_context(page: ProcessPage, request: HttpRequest) -> dict[str, Any]:
    """What process_page.html shows."""
    today = timezone.localdate()
    order = list(ProcessStage)
    now = order.index(ProcessStage(page.stage))
    return {
        "stages": [
            {"label": stage.label, "when": "past" if index < now else "current" if index == now else "next"}
            for index, stage in enumerate(order)
        ],
        "phases": [
            {
                "title": block.value["title"],
                "starts": block.value["starts"],
                "ends": block.value["ends"],
                "when": when(block.value["starts"], block.value["ends"], today),
                "text": block.value["text"],
            }
            for block in page.phases
        ],
        "milestones": milestones(page.milestones, today),
        "news": list(_news_of(page)),
        **grouped_cards(
            Participation.objects.filter(process_key=page.translation_key), page.locale.language_code
        ),
    }


def _news_of(page: ProcessPage) -> Iterator[dict[str, Any]]:
    children = Page.objects.child_of(page).live().public().specific().order_by("-first_published_at")
    for child in children:
        if not isinstance(child, ParticipationPage):
            yield {
                "title": child.title,
                "url": child.url,
                "date": getattr(child, "published_on", None),
                "summary": getattr(child, "lead", ""),
            }


def staff_of(participation: Participation) -> list[User]:
    """Who is told of a participation's affairs: its unit's members, else all officials and editors."""
    staff = User.objects.filter(is_active=True)
    if participation.unit_id:
        members = list(staff.filter(units=participation.unit_id))
        if members:
            return members
    return list(staff.filter(groups__name__in=["official", "editor"]).distinct())
