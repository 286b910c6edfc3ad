"""How the search is, on the administration's front page: who answers, what is owed, what the night found."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.core.formats.text import format_datetime, format_number

from .models import IndexCheck, PendingDocument
from .services import server

MOST_INDEXES = 3
LATE = timedelta(minutes=5)
"""Beat brings every minute what nobody else has."""


class SearchPanel(Component):
    name = "search"
    template_name = "portal_search/admin/panels/search.html"
    order = 60

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"notices": _notices(), "check": _check()}


def _notices() -> list[str]:
    """What is wrong now; nothing while the server answers, or where there is none."""
    if not settings.SEARCH_URL:
        return []
    row, language = server.known(), get_language() or "fi"
    waiting = PendingDocument.objects.aggregate(number=Count("document", distinct=True), since=Min("at"))
    owed = waiting["number"]
    fails = row is not None and row.failing_since is not None
    is_spared = fails or not server.is_filled(row) or owed > server.MOST_OWED
    is_late = bool(owed) and waiting["since"] < timezone.now() - LATE
    if not is_spared and not is_late:
        return []
    notices = []
    if row is not None and row.failing_since is not None:
        notices.append(
            _("The search server has not worked since %(since)s: %(trouble)s.")
            % {"since": format_datetime(row.failing_since, language), "trouble": row.get_trouble_display()}
        )
    elif not server.is_filled(row):
        notices.append(_("The index of the search server is being filled."))
    elif is_late:
        notices.append(
            _(
                "What has changed since %(since)s has not been brought to the search server. "
                "Tell whoever runs the service."
            )
            % {"since": format_datetime(waiting["since"], language)}
        )
    notices.append(
        _("The database answers meanwhile; residents find the same.")
        if is_spared
        else _("Residents do not find it yet.")
    )
    if owed:
        notices.append(
            ngettext(
                "%(number)s change waits to be brought to the server.",
                "%(number)s changes wait to be brought to the server.",
                owed,
            )
            % {"number": format_number(owed, language)}
        )
    return notices


def _check() -> dict[str, Any] | None:
    """The latest comparison of every index."""
    latest: dict[str, IndexCheck] = {}
    for row in IndexCheck.objects.all()[:MOST_INDEXES]:
        latest.setdefault(row.index, row)
    if not latest:
        return None
    rows = [row for row in latest.values() if row.differences]
    newest = max(row.at for row in latest.values())
    return {
        "at": newest,
        "differences": sum(row.differences for row in rows),
        "is_repaired": all(row.repaired for row in rows),
    }
