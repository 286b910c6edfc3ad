"""Asking whoever answers, and believing nobody: what an index gives is checked before it counts."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import methodcaller

from .asking import Asked, Cell, Filters, Place
from .backends import Hit
from .backends.choice import DATABASE, answer_by_any
from .models import SearchEntry
from .reading import Reading
from .scope import Scope

logger = logging.getLogger(__name__)
MOST_ROUNDS = 3
COLUMNS = (
    *("document", "kind", "public_id", "language", "fragment", "form", "dated_at", "title", "passage"),
    *("page__title", "page__live", "page__url_path", "page__slug", "page__locale__language_code"),
    *("page__translation_key", "participation__public_id", "participation__translation_key"),
    *("participation__kind", "participation__opens_at", "participation__closes_at"),
    *("contribution__public_id", "contribution__moderation_state", "contribution__audience"),
    *("contribution__parent__public_id", "contribution__parent__moderation_state"),
    *("contribution__parent__audience", "contribution__parent__parent"),
)
"""What the check, the list and the addresses ask for; the rest of these rows is long."""


@dataclass(slots=True)
class Answer:
    """What was found: entries with their hits in order, all cells, and where to go on."""

    entries: list[tuple[SearchEntry, Hit]]
    cells: list[Cell]
    following: Place | None


def answer(reading: Reading, scope: Scope, filters: Filters, after: Place | None, limit: int) -> Answer:
    """The entries of one page and the counts of everything, with nothing in either that may not be found.

    An index that gave what may not be found is asked again without it, so that the counts agree; in the end
    the database is asked, whose entries are of the same transaction as what they are about.
    """
    asked = Asked(reading, scope, filters)
    for turn in range(MOST_ROUNDS):
        ask = methodcaller("cells_and_page", asked, after, limit + 1)
        cells, hits = answer_by_any(ask) if turn < MOST_ROUNDS - 1 else ask(DATABASE)
        entries = stored(hit.place.document for hit in hits)
        refuted = {hit.place.document for hit in hits if not may_be_found(entries, hit, scope)}
        if not refuted:
            break
        logger.error("an index gave %d documents that may not be found", len(refuted))
        asked = replace(asked, refuted=asked.refuted | refuted)
    else:
        hits = [hit for hit in hits if hit.place.document not in refuted]
    shown = hits[:limit]
    following = shown[-1].place if len(hits) > limit else None
    return Answer([(entries[hit.place.document], hit) for hit in shown], cells, following)


def stored(documents: Iterable[str]) -> dict[str, SearchEntry]:
    """The entries with what the check and the list ask of them, in one query."""
    rows = SearchEntry.objects.filter(document__in=list(documents)).select_related(
        "page__locale", "participation", "contribution__parent"
    )
    return {row.document: row for row in rows.only(*COLUMNS)}


def may_be_found(entries: dict[str, SearchEntry], hit: Hit, scope: Scope) -> bool:
    """Asks the row that the entry was made of, not the entry."""
    entry = entries.get(hit.place.document)
    if entry is None or entry.participation_id in scope.hidden_participations:
        return False
    if entry.contribution is not None:
        return entry.contribution.is_public and entry.participation_id not in scope.silent_participations
    return entry.page is not None and entry.page.live and entry.page_id not in scope.hidden_pages
