"""What waits for this member of staff today, on the administration's front page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.accounts.models import User
from portal.core.formats.text import format_date, format_datetime, format_deadline

from . import staff_selectors
from .models import Participation
from .permissions import may_see

MOST_SHOWN = 10
WaitingList = tuple[Promise | str, int, str]
_lists: dict[str, Callable[[User], list[WaitingList]]] = {}


def register(name: str, waiting: Callable[[User], list[WaitingList]]) -> None:
    """Adds counts of what waits: `waiting` gives label, number and address for a user; zeros are left out."""
    _lists[name] = waiting


class TodayPanel(Component):
    name = "today"
    template_name = "participation_processes/admin/panels/today.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.user: Any = request.user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        lists = [item for waiting in _lists.values() for item in waiting(self.user)]
        return {
            "lists": [{"label": label, "count": count, "url": url} for label, count, url in lists if count],
            "groups": _groups() if may_see(self.user) else [],
        }


def _groups() -> list[dict[str, Any]]:
    language = get_language() or "fi"
    found = [
        (
            _("Stopped at an error"),
            staff_selectors.failing(),
            lambda row: (
                _("since %(when)s; tried again every minute, tell whoever runs the service")
                % {"when": format_datetime(row.effect_failure.since, language)}
            ),
            "history",
        ),
        (
            _("Does not open as it is"),
            staff_selectors.gate_shut_soon(),
            lambda row: _("would open on %(when)s") % {"when": format_datetime(row.opens_at, language)},
            "languages",
        ),
        (
            _("Closes soon"),
            staff_selectors.closing_soon(),
            lambda row: _("last day %(day)s") % {"day": format_deadline(row.closes_at, language)},
            "settings",
        ),
        (
            _("Answer is due"),
            staff_selectors.answers_due(),
            lambda row: _("promised by %(day)s") % {"day": format_date(row.planned_answer, language)},
            "history",
        ),
    ]
    groups = [(heading, list(rows[:MOST_SHOWN]), when, view) for heading, rows, when, view in found]
    titles = staff_selectors.titles([row for _heading, rows, *_rest in groups for row in rows], language)
    return [
        {"heading": heading, "rows": [_row(row, titles, when(row), view) for row in rows]}
        for heading, rows, when, view in groups
        if rows
    ]


def _row(row: Participation, titles: dict[Any, str], when: str, view: str) -> dict[str, str]:
    return {
        "title": titles[row.translation_key],
        "url": reverse(f"participations:{view}", args=[row.public_id]),
        "when": when,
    }
