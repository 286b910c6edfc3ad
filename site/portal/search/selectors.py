"""What the search page shows: one page of results, counts beside the filters, what else to try."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from wagtail.models import Page

from participation.processes.enums import ParticipationForm
from participation.processes.page_access import is_public_page

from . import bridge, registry
from .answering import Answer, answer, stored
from .asking import Asked, Filters, Place, total
from .backends import Hit
from .backends.choice import answer_by_any
from .enums import TextLanguage, Tier
from .facets import Option, options
from .highlight import Marker, Piece
from .models import SearchEntry
from .reading import read, read_beginning
from .scope import Scope, present_scope
from .spelling import better_words

PAGE_SIZE = 20
COLUMNS_OF_PAGE = ("title", "url_path", "slug", "translation_key", "locale__language_code")
TITLES = 8


@dataclass(frozen=True, slots=True)
class Result:
    """One thing found, as the list shows it. Texts are in `language`, labels in the reader's."""

    kind: str
    url: str
    title: tuple[Piece, ...]
    about: str
    """The title of the page that a comment or a section belongs to, in `about_language`."""
    about_language: str
    passage: tuple[Piece, ...]
    language: str
    other_language: str
    """Its name, when it is not the reader's."""
    state: str
    form: str
    dated_at: Any
    opens_at: Any
    closes_at: Any
    related: tuple[str, ...]


@dataclass(slots=True)
class Results:
    """`total` counts what the filters let through; `found` everything."""

    total: int = 0
    found: int = 0
    results: list[Result] = field(default_factory=list)
    following: Place | None = None
    facets: dict[str, list[Option]] = field(default_factory=dict)
    better: str = ""


def search(
    text: str,
    *,
    language: str,
    filters: Filters,
    after: Place | None = None,
    size: int = PAGE_SIZE,
) -> Results:
    """Answers a question typed in a language; a constant number of queries."""
    reading = read(text, language, bridge.current())
    if reading.is_empty:
        return Results()
    scope = present_scope()
    given = answer(reading, scope, filters, after, size)
    results = Results(
        total=total(given.cells, filters, scope),
        found=total(given.cells, Filters(), scope),
        results=_shown(given, Marker(reading), scope, language),
        following=given.following,
        facets=options(given.cells, filters, scope, language),
    )
    if after is None:
        results.better = better_words(reading, scope, results.found)
    return results


def titles_beginning(text: str, *, language: str) -> list[str]:
    """Titles of public pages and their parts for somebody who is still typing."""
    reading = read_beginning(text, language)
    if reading.is_empty:
        return []
    scope = present_scope()
    asked = Asked(reading, scope)
    documents = answer_by_any(lambda backend: list(backend.titles(asked, TITLES * 2)))
    entries = stored(documents)
    shown = (entries[one].title for one in documents if one in entries and _is_open(entries[one], scope))
    return list(dict.fromkeys(shown))[:TITLES]


def _is_open(entry: SearchEntry, scope: Scope) -> bool:
    page = entry.page
    return page is not None and page.live and page.pk not in scope.hidden_pages


def _shown(given: Answer, marker: Marker, scope: Scope, language: str) -> list[Result]:
    pages = _pages_of_contributions([entry for entry, _hit in given.entries], language)
    return [_result(entry, hit, marker, scope, language, pages) for entry, hit in given.entries]


def _pages_of_contributions(entries: Iterable[SearchEntry], language: str) -> dict[Any, Page]:
    """The public page of each participation, in the reader's language if there is one."""
    keys = {entry.participation.translation_key for entry in entries if entry.participation is not None}
    if not keys:
        return {}
    rows = Page.objects.filter(is_public_page(), translation_key__in=keys)
    rows = rows.select_related("locale").only(*COLUMNS_OF_PAGE)
    # The reader's own comes last, so that it stays.
    ordered = sorted(rows, key=lambda page: page.locale.language_code == language)
    return {page.translation_key: page for page in ordered}


def _result(
    entry: SearchEntry,
    hit: Hit,
    marker: Marker,
    scope: Scope,
    language: str,
    pages: Mapping[Any, Page],
) -> Result:
    participation = entry.participation
    matter = scope.matters.get(participation.pk) if participation else None
    home = entry.page or (pages.get(participation.translation_key) if participation else None)
    is_part = entry.contribution is not None or bool(entry.fragment)
    title = marker.whole(entry.title, entry.language)
    passage = marker.passage(entry.passage, entry.language)
    kind = registry.kinds().get(entry.kind)
    form = matter.form if matter else entry.form
    return Result(
        kind=str(kind.label) if kind else entry.kind,
        url=_address(entry, home, language),
        title=title.pieces,
        about=home.title if home is not None and is_part else "",
        about_language=home.locale.language_code if home is not None else "",
        passage=passage.pieces,
        language=entry.language,
        other_language=_language_name(entry.language) if entry.language != language else "",
        state=matter.state.value if matter else "",
        form=str(ParticipationForm(form).label) if form in ParticipationForm.values else "",
        dated_at=entry.dated_at,
        opens_at=participation.opens_at if participation else None,
        closes_at=participation.closes_at if participation else None,
        related=(*title.related, *passage.related) if hit.tier == Tier.RELATED else (),
    )


def _address(entry: SearchEntry, home: Page | None, language: str) -> str:
    if entry.contribution is not None and entry.participation is not None:
        kind = registry.contribution_kind(entry.participation.kind)
        parent = entry.contribution.parent
        if kind is not None and (parent is None or parent.is_public):
            return kind.address(entry.contribution, language)
    base = (home.url if home is not None else "") or ""
    return f"{base}#{entry.fragment}" if entry.fragment else base


def _language_name(code: str) -> str:
    return capfirst(str(TextLanguage(code).label)) if code in TextLanguage.values else code
