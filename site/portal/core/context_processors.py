"""What every template may ask for; nothing is read before a template does, so that the admin pays nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from . import selectors
from .models import AuthorityProfile, SiteContact


def site(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """The names that base.html documents, as callables that the template engine calls when it meets them."""
    frame = Frame(request)
    return {
        "authority": lambda: frame.authority,
        "breadcrumbs": lambda: frame.breadcrumbs,
        "contact": lambda: frame.contact,
        "footer_links": lambda: frame.links["footer_links"],
        "languages": lambda: frame.languages,
        "navigation": lambda: frame.links["navigation"],
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
    def profile(self) -> AuthorityProfile:
        return AuthorityProfile.load(request_or_site=self.request)

    @cached_property
    def authority(self) -> dict[str, str]:
        return selectors.authority_frame(self.profile, self.language)

    @cached_property
    def contact(self) -> dict[str, str]:
        return selectors.contact_frame(SiteContact.load(request_or_site=self.request), self.language)

    @cached_property
    def links(self) -> dict[str, list[selectors.Link]]:
        return selectors.navigation_frame(self.request, self.language)

    @cached_property
    def breadcrumbs(self) -> list[selectors.Link]:
        return selectors.breadcrumbs(self.request, self.page) if self.page else []

    @cached_property
    def languages(self) -> list[dict[str, Any]]:
        return selectors.language_links(self.request, self.page, self.profile.languages, self.language)
