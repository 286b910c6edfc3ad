from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.core.menu import PlainMenuItem

from .home_panel import SearchPanel
from .permissions import may_search_contributions
from .viewsets import SearchTermViewSet

register_snippet(SearchTermViewSet)


class ContributionSearchMenuItem(PlainMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_search_contributions(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list:
    return [path("search/", include("portal.search.admin_urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> ContributionSearchMenuItem:
    return ContributionSearchMenuItem(
        _("Search contributions"),
        reverse_lazy("search_admin:contributions"),
        icon_name="search",
        name="contribution-search",
        order=155,
    )


@hooks.register("construct_homepage_panels")
def add_search_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(SearchPanel())
