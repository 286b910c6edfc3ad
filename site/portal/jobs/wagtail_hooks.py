from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from portal.core.menu import PlainMenuItem

from . import urls


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("jobs/", include((urls.admin_patterns, "portal_jobs")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> PlainMenuItem:
    return PlainMenuItem(
        _("Jobs"), reverse_lazy("portal_jobs:jobs"), icon_name="tasks", name="jobs", order=700
    )
