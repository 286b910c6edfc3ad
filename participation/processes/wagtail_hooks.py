from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal.core.menu import PlainMenuItem

from .home_panel import TodayPanel
from .page_buttons import copy_as_pair, settings_buttons
from .permissions import may_see
from .viewsets import LegalBasisViewSet, ServiceAreaViewSet

register_snippet(LegalBasisViewSet)
register_snippet(ServiceAreaViewSet)
hooks.register("register_page_listing_more_buttons", settings_buttons)
hooks.register("register_page_header_buttons", settings_buttons)
hooks.register("before_copy_page", copy_as_pair)


class ParticipationsMenuItem(PlainMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list:
    return [path("participations/", include("participation.processes.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> ParticipationsMenuItem:
    return ParticipationsMenuItem(
        _("Participations"),
        reverse_lazy("participations:list"),
        icon_name="group",
        name="participations",
        order=140,
    )


@hooks.register("construct_homepage_panels")
def add_today(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(TodayPanel(request))
