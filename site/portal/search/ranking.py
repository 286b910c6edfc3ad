"""Which rows of a table a reading finds by the database's index, and how well each fits."""

from typing import TypeVar

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL

from . import scoring
from .database_index import holds
from .enums import Tier
from .expressions import Expression
from .models import IndexedText
from .reading import Reading

Row = TypeVar("Row", bound=IndexedText)


def found(rows: QuerySet[Row], reading: Reading, tier: Tier = Tier.RELATED) -> QuerySet[Row]:
    """Rows of a tier or a better one; words between quotation marks stand side by side."""
    rows = rows.filter(holds(rows.model, reading.expression(tier)))
    for phrase in reading.phrases:
        rows = rows.filter(exact__contains=f" {phrase} ")
    return rows


def score(model: type[IndexedText], reading: Reading) -> Combinable:
    """Each tier's query also finds what the better ones do: the first that holds is the row's."""
    by_expression: dict[Expression, int] = {}
    for tier in Tier:
        if tier != Tier.RELATED:
            # A tier that has nothing of its own is that of the one before it.
            by_expression.setdefault(reading.expression(tier), scoring.TIER[tier])
    tiers = [When(holds(model, one), then=given) for one, given in by_expression.items()]
    of_tier = Case(*tiers, default=scoring.TIER[Tier.RELATED], output_field=IntegerField())
    own = when(Q(language=reading.language), scoring.OWN_LANGUAGE, 0)
    return of_tier + own + _in_title(model, reading)


def score_of_best(model: type[IndexedText], reading: Reading) -> Combinable:
    """The score of rows that are known to be of the best tier and in the language of the question."""
    return Value(scoring.TIER[Tier.EXACT] + scoring.OWN_LANGUAGE) + _in_title(model, reading)


def _in_title(model: type[IndexedText], reading: Reading) -> Combinable:
    return when(holds(model, reading.title), scoring.TITLE, 0)


def when(condition: Q | RawSQL, then: int, otherwise: int) -> Case:
    return Case(When(condition, then=Value(then)), default=Value(otherwise), output_field=IntegerField())
