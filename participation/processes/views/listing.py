from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from .. import staff_selectors
from ..enums import State
from .base import StaffView

PAGE_SIZE = 25


class ListingView(StaffView):
    """Every participation, drafts too, in a number of queries that does not grow with the list."""

    template_name = "participation_processes/admin/list.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.GET.get("state", "")
        state = state if state in State.values else ""
        search = self.request.GET.get("q", "").strip()[:100]
        rows = staff_selectors.participations(state=state, search=search)
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "page": page,
            "rows": staff_selectors.listed(page.object_list, self.language),
            "states": self._states(state, search),
            "state": state,
            "search": search,
            "query": urlencode({name: value for name, value in (("state", state), ("q", search)) if value}),
        }

    def _states(self, current: str, search: str) -> list[dict[str, Any]]:
        counts = staff_selectors.state_counts()
        found = [{"label": _("All"), "value": "", "count": sum(counts.values()), "current": not current}]
        for state in State:
            found.append(
                {
                    "label": state.label,
                    "value": state.value,
                    "count": counts.get(state, 0),
                    "current": state == current,
                }
            )
        for item in found:
            item["url"] = "?" + urlencode({"state": item["value"]} | ({"q": search} if search else {}))
        return found
