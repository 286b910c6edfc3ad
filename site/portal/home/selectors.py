"""What the front page and the index pages list, in a constant number of queries."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from participation.information.models import InformationPage
from participation.processes import selectors as processes
from participation.processes.enums import ParticipationForm, State
from participation.processes.models import Participation, ProcessPage

from .models import FormIndexPage, HomePage

OPEN_SHOWN = 4
ANSWERED_SHOWN = 3
COMING_SHOWN = 4
NEWS_SHOWN = 3
PROCESSES_SHOWN = 3
NEWS_LISTED = 30


def home_context(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """What home_page.html shows: open now, what came of earlier ones, coming, forms, processes, news."""
    language = page.locale.language_code
    answered = processes.participations_in(State.ANSWERED).order_by("-answered_at")[:ANSWERED_SHOWN]
    rows = [
        *processes.participations_in(State.OPEN)[:OPEN_SHOWN],
        *answered,
        *processes.participations_in(State.SCHEDULED).order_by("opens_at")[:COMING_SHOWN],
    ]
    made = processes.cards(rows, language)
    counts = processes.open_counts()
    return {
        "open_cards": [card for card in made if card["state"] == State.OPEN],
        "open_total": sum(counts.values()),
        "answered_cards": [card for card in made if card["state"] == State.ANSWERED],
        "coming_cards": [card for card in made if card["state"] == State.SCHEDULED],
        "forms": _doors(page, counts),
        "processes": processes.process_items(
            _in_language(ProcessPage, page).order_by("-last_published_at")[:PROCESSES_SHOWN]
        ),
        "news": _news(page)[:NEWS_SHOWN],
    }


def _in_language(model: type[Page], page: Page) -> Any:
    return model.objects.live().public().filter(locale_id=page.locale_id, alias_of=None)


def _doors(page: HomePage, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    children = Page.objects.child_of(page).live().public().specific()
    return [
        {
            "title": child.title,
            "url": child.url,
            "summary": child.lead,
            "open_count": counts.get(child.form, 0),
        }
        for child in children
        if hasattr(child, "form")
    ]


def _news(page: Page) -> list[dict[str, Any]]:
    latest = _in_language(InformationPage, page).order_by("-published_on", "-id")
    return [
        {"title": item.title, "url": item.url, "date": item.published_on, "summary": item.lead}
        for item in latest[:NEWS_LISTED]
    ]


def form_context(page: FormIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What form_index_page.html shows: the participations of the form, processes and news under the page."""
    language = page.locale.language_code
    rows = Participation.objects.filter(form=page.form)
    return processes.grouped_cards(rows, language) | {
        "processes": processes.process_items(_in_language(ProcessPage, page).child_of(page)),
        "news": [] if page.form != ParticipationForm.INFORMATION else _news(page),
    }


def form_of_process(page: ProcessPage) -> str:
    """By the index page it is under."""
    parent = page.get_parent()
    return str(getattr(parent.specific_class, "form", "")) if parent is not None else ""
