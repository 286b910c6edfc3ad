"""What every template may ask for; nothing is read before a template does, so that the admin pays nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from . import selectors


def site(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """The names that base.html documents, as callables that the template engine calls when it meets them."""
    frame = Frame(request)
    return {
        "authority": lambda: frame.shared.authority,
        "breadcrumbs": lambda: frame.breadcrumbs,
        "contact": lambda: frame.shared.contact,
        "footer_links": lambda: frame.footer_links,
        "languages": lambda: frame.languages,
        "navigation": lambda: frame.navigation,
    }


class Frame:
    """Reads each part once per request, in the language that was active when it was first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def language(self) -> str:
        return (get_language() or "fi")[:2]

    @cached_property
    def page(self) -> Page | None:
        """The page being served, if it is one; Wagtail keeps its route on the request."""
        route = getattr(self.request, "_wagtail_route_for_request", None)
        return route[0] if route else None

    @cached_property
    def shared(self) -> selectors.SharedFrame:
        return selectors.shared_frame(self.request, self.language)

    @cached_property
    def navigation(self) -> list[selectors.Link]:
        return selectors.with_current(self.request, self.shared.links["navigation"])

    @cached_property
    def footer_links(self) -> list[selectors.Link]:
        return selectors.with_current(self.request, self.shared.links["footer_links"])

    @cached_property
    def breadcrumbs(self) -> list[selectors.Link]:
        return selectors.breadcrumbs(self.request, self.page) if self.page else []

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        return selectors.language_links(self.request, self.page, self.shared.languages, self.language)
