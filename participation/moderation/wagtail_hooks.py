from django.urls import include, path
from wagtail import hooks

from . import urls
from .menu import ModerationMenuItem


@hooks.register("register_admin_urls")
def register_admin_urls() -> list:
    return [path("moderation/", include((urls.admin_patterns, "moderation_admin")))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> ModerationMenuItem:
    return ModerationMenuItem()
