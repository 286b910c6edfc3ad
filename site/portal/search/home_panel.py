"""How the search is, on the administration's front page: who answers, what is owed, what the night found."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.core.formats.text import format_datetime, format_number

from .models import IndexCheck, PendingDocument
from .services import server

MOST_INDEXES = 3


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
    row = server.known()
    notices = []
    if row is not None and row.failing_since is not None:
        since = format_datetime(row.failing_since, get_language() or "fi")
        notices.append(
            _("The search server has not answered since %(since)s: %(trouble)s.")
            % {"since": since, "trouble": row.get_trouble_display()}
        )
    elif not server.is_filled(row):
        notices.append(_("The index of the search server is being filled."))
    else:
        return []
    notices.append(_("The database answers meanwhile; residents find the same."))
    owed = PendingDocument.objects.values("document").distinct().count()
    if owed:
        notices.append(
            ngettext(
                "%(number)s change waits to be brought to the server.",
                "%(number)s changes wait to be brought to the server.",
                owed,
            )
            % {"number": format_number(owed, get_language() or "fi")}
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
