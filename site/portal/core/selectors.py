"""What frames every public page: authority, navigation, contact, the same thing in the other language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import translate_url
from wagtail.models import Page

from .enums import Language
from .models import AuthorityProfile, FooterLink, HeaderLink, SiteContact
from .models.navigation import NavigationLink
from .page_parts import part

LANGUAGE_NAMES = {Language.FINNISH.value: "Suomi", Language.SWEDISH.value: "Svenska"}

Link = dict[str, Any]


def authority_frame(profile: AuthorityProfile, language: str) -> dict[str, str]:
    texts = {name: profile.text(name, language) for name in profile.bilingual_fields}
    return texts | {"registry_email": profile.registry_email, "registry_phone": profile.registry_phone}


def contact_frame(contact: SiteContact, language: str) -> dict[str, str]:
    return {
        "email": contact.email,
        "phone": contact.phone,
        "hours": contact.text("hours", language),
        "address": contact.text("address", language),
    }


@dataclass(frozen=True, slots=True)
class SharedFrame:
    """What frames every page of a language alike; shared by requests, never changed."""

    languages: Sequence[str]
    authority: dict[str, str]
    contact: dict[str, str]
    links: dict[str, list[Link]]


def shared_frame(request: HttpRequest, language: str) -> SharedFrame:
    def read() -> SharedFrame:
        profile = AuthorityProfile.load(request_or_site=request)
        contact = SiteContact.load(request_or_site=request)
        return SharedFrame(
            profile.languages,
            authority_frame(profile, language),
            contact_frame(contact, language),
            navigation_frame(request, language),
        )

    return part(request, ("frame", request.get_host(), language), read)


def with_current(request: HttpRequest, links: Sequence[Link]) -> list[Link]:
    """The links, with whether the page asked for is below each."""
    return [link | {"current": request.path.startswith(link["url"])} for link in links]


def navigation_frame(request: HttpRequest, language: str) -> dict[str, list[Link]]:
    """Header and footer links to the live pages of this language; what is not live in it is left out."""
    header = list(HeaderLink.objects.select_related("page").order_by("sort_order", "pk"))
    footer = list(FooterLink.objects.select_related("page").order_by("sort_order", "pk"))
    keys = {link.page.translation_key for link in (*header, *footer)}
    pages = {
        page.translation_key: page
        for page in Page.objects.live()
        .public()
        .filter(translation_key__in=keys, locale__language_code=language, alias_of=None)
    }
    return {
        "navigation": _links(request, header, pages, language),
        "footer_links": _links(request, footer, pages, language),
    }


def _links(
    request: HttpRequest, links: Sequence[NavigationLink], pages: dict[Any, Page], language: str
) -> list[Link]:
    found = []
    for link in links:
        page = pages.get(link.page.translation_key)
        url = page.get_url(request) if page else None
        if page is None or not url:
            continue
        label = getattr(link, f"label_{language}", "") or page.title
        found.append({"title": label, "url": url})
    return found


def breadcrumbs(request: HttpRequest, page: Page) -> list[Link]:
    """From the front page of the page's language to its parent; the front page itself has none."""
    ancestors = page.get_ancestors().filter(depth__gte=2).live().order_by("depth")
    return [{"title": ancestor.title, "url": ancestor.get_url(request)} for ancestor in ancestors]


def language_links(
    request: HttpRequest, page: Page | None, codes: Sequence[str], current: str
) -> list[dict[str, Any]]:
    """One link per public language to the same thing; an empty url where it does not exist in that language.

    A view that is no page exists in every language; an error page leads to the front page of the other one.
    """
    urls = _page_urls(request, page) if page else _view_urls(request, codes)
    return [
        {
            "code": code,
            "name": LANGUAGE_NAMES[code],
            "url": request.path if code == current else urls.get(code, ""),
            "home_url": f"/{code}/",
            "current": code == current,
        }
        for code in codes
    ]


def _page_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    others = page.get_translations().live().public().filter(alias_of=None).select_related("locale")
    return {other.locale.language_code: other.get_url(request) or "" for other in others}


def _view_urls(request: HttpRequest, codes: Sequence[str]) -> dict[str, str]:
    path = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    urls = {}
    for code in codes:
        translated = translate_url(path, code) if request.resolver_match else path
        urls[code] = f"/{code}/" if translated == path else translated
    return urls
