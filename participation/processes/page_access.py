"""Who sees a page: a live one everybody, a live one with view restrictions whoever Wagtail would serve it.

What belongs to a participation (writing to it, its comments, its lasting address) is there for those who see
one of its pages, and for nobody else.
"""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction

AnyPage = TypeVar("AnyPage", bound=Page)


def _is_restricted() -> Exists:
    """For pages: whether a page or one above it has a view restriction."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(path=path).filter(path__startswith=F("page__path")))


def is_public_page() -> Q:
    """For pages: whether anybody may read it."""
    return Q(live=True, alias_of=None) & ~Q(_is_restricted())


def has_public_page() -> Exists:
    """For participations: whether anybody may read a page of it."""
    pages = Page.objects.filter(translation_key=OuterRef("translation_key"))
    return Exists(pages.filter(is_public_page()))


def seen_by(pages: QuerySet[AnyPage], request: HttpRequest) -> list[AnyPage]:
    """Those of the live pages, no aliases, that this visitor may read. One query where none is restricted."""
    found = pages.filter(live=True, alias_of=None).annotate(is_restricted=_is_restricted())
    return [page for page in found if not page.is_restricted or _is_accepted(page, request)]


def _is_accepted(page: Page, request: HttpRequest) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
