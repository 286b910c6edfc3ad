"""The staff's search of contributions, in the administration."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from . import staff_selectors
from .asking import Place
from .cursors import place_from, place_to
from .permissions import may_search_contributions
from .question import Question, address
from .staff_forms import StaffFilterForm

PAGE = "search_admin:contributions"


class ContributionSearchView(WagtailAdminTemplateMixin, TemplateView):
    """By GET alone: a question can be kept as a bookmark and works without scripts."""

    template_name = "portal_search/admin/contributions.html"
    page_title = gettext_lazy("Search contributions")
    header_icon = "search"
    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_search_contributions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        language = (get_language() or "fi")[:2]
        form = StaffFilterForm(
            self.request.GET,
            states=staff_selectors.states_to_choose(user),
            organisations=staff_selectors.organisations_to_choose(user, language),
            participations=staff_selectors.participations_to_choose(user, language),
        )
        text = Question(self.request.GET).question()
        after, before = _place_from(self.request.GET.get("after", ""))
        results = staff_selectors.search(
            text, user=user, language=language, filters=form.filters(), after=after
        )
        chosen = {name: value for name in form.fields if (value := form.cleaned_data.get(name))}
        following = place_to(results.following, before + len(results.results)) if results.following else ""
        return super().get_context_data(**kwargs) | {
            "text": text,
            "filters": form,
            "is_filtered": bool(chosen),
            "results": results,
            "first": before + 1,
            "following_url": address(PAGE, text, **chosen, after=following) if following else "",
            "start_url": address(PAGE, text, **chosen) if before else "",
            "reset_url": address(PAGE, text),
        }


def _place_from(cursor: str) -> tuple[Place | None, int]:
    """Where the page begins and how many came before it; contributions are told apart by their public ids."""
    place, before = place_from(cursor)
    try:
        UUID(place.document.split(":")[1] if place else "")
    except ValueError:
        return None, 0
    return place, before
