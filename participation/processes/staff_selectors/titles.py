"""Titles of participations, from their pages."""

import uuid
from collections.abc import Iterable

from wagtail.models import Page

from portal.core.enums import Language

from ..models import Participation


def titles(
    participations: Iterable[Participation], language: str, *, public: bool = False
) -> dict[uuid.UUID, str]:
    """Title by translation key, in the given language or else in another; one query.

    Staff see the titles of drafts; with `public` only what is live counts.
    """
    rows = list(participations)
    pages = Page.objects.filter(translation_key__in={row.translation_key for row in rows})
    pages = pages.filter(live=True) if public else pages
    found: dict[uuid.UUID, dict[str, str]] = {}
    columns = ("translation_key", "locale__language_code", "title" if public else "draft_title")
    for key, code, text in pages.values_list(*columns):
        found.setdefault(key, {})[code] = text
    return {
        row.translation_key: _best(found.get(row.translation_key, {}), language) or str(row) for row in rows
    }


def title(participation: Participation, language: str, *, public: bool = False) -> str:
    return titles([participation], language, public=public)[participation.translation_key]


def _best(by_language: dict[str, str], language: str) -> str:
    for code in (language[:2], *Language.values):
        if by_language.get(code):
            return by_language[code]
    return next(iter(by_language.values()), "")
