"""Search by the database that everything else is in; its entries are those of the same transaction."""

from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from .. import ranking, scoring
from ..asking import MONTH_AGO, YEAR_AGO, Asked, Cell, Place, total
from ..database_index import holds
from ..enums import Tier
from ..models import SearchEntry
from ..scope import Scope
from . import Hit

MANY = 500
"""Entries found; of more, the best are looked for first."""
CELL = ("participation", "form", "kind", "language")


class DatabaseBackend:
    def cells_and_page(self, asked: Asked, after: Place | None, limit: int) -> tuple[list[Cell], list[Hit]]:
        cells = self.cells(asked)
        found = total(cells, asked.filters, asked.scope)
        return cells, self.page(asked, after, limit, found) if found else []

    def cells(self, asked: Asked) -> list[Cell]:
        age = Case(
            When(dated_at__gte=asked.scope.now - MONTH_AGO, then=0),
            When(dated_at__gte=asked.scope.now - YEAR_AGO, then=1),
            default=2,
            output_field=IntegerField(),
        )
        rows = _found(asked).annotate(age=age).order_by().values_list(*CELL, "age")
        return [Cell(*row) for row in rows.annotate(entries=Count("pk"))]

    def page(self, asked: Asked, after: Place | None, limit: int, found: int = 0) -> list[Hit]:
        """As it was written and in the own language stands before everything else.

        Of a frequent word that fills the page, and its many other forms need not be put in order. `found`:
        how many entries fit, where that is known.
        """
        if found > MANY and not asked.newest_first:
            best = _filtered(_found(asked, Tier.EXACT), asked).filter(language=asked.reading.language)
            best = best.annotate(score=ranking.score_of_best(SearchEntry, asked.reading))
            hits = _hits(best, asked, after, limit)
            if len(hits) == limit:
                return hits
        rows = _filtered(_found(asked), asked).annotate(score=ranking.score(SearchEntry, asked.reading))
        return _hits(rows, asked, after, limit)

    def titles(self, asked: Asked, limit: int) -> list[str]:
        own_first = ranking.when(Q(language=asked.reading.language), 0, 1)
        rows = visible(asked.scope).filter(holds(SearchEntry, asked.reading.title), contribution=None)
        order = (own_first, "rank", "-dated_at", "document")
        return list(rows.order_by(*order).values_list("document", flat=True)[:limit])


def visible(scope: Scope) -> QuerySet[SearchEntry]:
    """Entries that may be found at this moment."""
    rows = SearchEntry.objects.all()
    if scope.hidden_pages:
        rows = rows.exclude(page__in=scope.hidden_pages)
    if scope.hidden_participations:
        rows = rows.exclude(participation__in=scope.hidden_participations)
    if scope.silent_participations:
        rows = rows.exclude(participation__in=scope.silent_participations, contribution__isnull=False)
    return rows


def _hits(rows: QuerySet[Any], asked: Asked, after: Place | None, limit: int) -> list[Hit]:
    by_score = [] if asked.newest_first else ["-score", "rank"]
    if after is not None:
        rows = rows.filter(_beyond(after))
    ordered = rows.order_by(*by_score, "-dated_at", "document")
    places = ordered.values_list("score", "rank", "dated_at", "document")[:limit]
    return [Hit(Place(*row), scoring.tier_of(row[0])) for row in places]


def _found(asked: Asked, tier: Tier = Tier.RELATED) -> QuerySet[SearchEntry]:
    rows = ranking.found(visible(asked.scope), asked.reading, tier)
    if asked.refuted:
        rows = rows.exclude(document__in=asked.refuted)
    return rows


def _filtered(rows: QuerySet[SearchEntry], asked: Asked) -> QuerySet[SearchEntry]:
    filters = asked.filters
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if asked.not_before is not None:
        rows = rows.filter(dated_at__gte=asked.not_before)
    wanted = asked.wanted_participations
    if wanted is None:
        return rows
    fitting = Q(participation__in=wanted)
    if asked.wants_lone:
        fitting |= Q(participation=None, form=filters.form)
    return rows.filter(fitting)


def _beyond(place: Place) -> Q:
    """What comes after a place in the order of answers."""
    same_score = Q(score=place.score)
    same_rank = same_score & Q(rank=place.rank)
    same_moment = same_rank & Q(dated_at=place.dated_at)
    return (
        Q(score__lt=place.score)
        | same_score & Q(rank__gt=place.rank)
        | same_rank & Q(dated_at__lt=place.dated_at)
        | same_moment & Q(document__gt=place.document)
    )
