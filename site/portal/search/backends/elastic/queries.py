"""Questions as Elasticsearch reads them. Tokens are values of `term`, `terms` and `prefix`, never syntax."""

from collections import defaultdict
from typing import Any

from ... import scoring
from ...analysis import BASE, FOLDED, LANGUAGE, PART, TITLE
from ...asking import MONTH_AGO, YEAR_AGO, Asked, Filters, Place
from ...enums import Tier
from ...expressions import AllOf, AnyOf, Expression, Term
from .mapping import key, microseconds

Query = dict[str, Any]
MARKS = (BASE, PART, FOLDED, TITLE, LANGUAGE)
ORDER = [{"_score": "desc"}, {"rank": "asc"}, {"dated_at": "desc"}, {"document": "asc"}]
NEWEST_FIRST = [{"dated_at": "desc"}, {"document": "asc"}, {"rank": "asc"}, {"_score": "desc"}]
KNOWN = [{"rank": "asc"}, {"dated_at": "desc"}, {"document": "asc"}]
CELLS = 10_000
"""Cells that one request counts; where there are more, it is asked again."""


def clause(expression: Expression) -> Query:
    """What an entry must hold, as a filter."""
    if isinstance(expression, Term):
        return _term(expression)
    if isinstance(expression, AllOf):
        return {"bool": {"filter": [clause(item) for item in expression.items]}}
    return _any(expression)


def _any(expression: AnyOf) -> Query:
    """Whole tokens of a field are one clause, however many they are."""
    whole: dict[str, list[str]] = defaultdict(list)
    others: list[Query] = []
    for item in expression.items:
        if isinstance(item, Term) and not item.is_beginning:
            whole[_field(item.token)].append(item.token)
        else:
            others.append(clause(item))
    found = [{"terms": {field: tokens}} for field, tokens in whole.items()] + others
    return {"bool": {"should": found, "minimum_should_match": 1}}


def _term(term: Term) -> Query:
    if not term.is_beginning:
        return {"term": {_field(term.token): term.token}}
    if term.token.startswith(TITLE):
        # The field holds every beginning, as it is written and without marks over the letters.
        return {"term": {"title": term.token.removeprefix(TITLE).removeprefix(FOLDED)}}
    return {"prefix": {_field(term.token): term.token}}


def _field(token: str) -> str:
    return "base" if token.startswith(MARKS) else "exact"


def found(asked: Asked, owed: list[str]) -> Query:
    """Everything that the question finds, whatever the filters."""
    phrases = [{"match_phrase": {"exact": phrase}} for phrase in asked.reading.phrases]
    return {
        "bool": {
            "filter": [clause(asked.reading.everything), *phrases],
            "must_not": _not_shown(asked, owed),
        }
    }


def _not_shown(asked: Asked, owed: list[str]) -> list[Query]:
    scope = asked.scope
    left_out: list[Query] = []
    if owed or asked.refuted:
        left_out.append({"terms": {"document": sorted({*owed, *asked.refuted})}})
    if scope.hidden_pages:
        left_out.append({"terms": {"page": _keys(scope.hidden_pages)}})
    if scope.hidden_participations:
        left_out.append({"terms": {"participation": _keys(scope.hidden_participations)}})
    if scope.silent_participations:
        silent = {"terms": {"participation": _keys(scope.silent_participations)}}
        left_out.append({"bool": {"filter": [silent, {"term": {"is_contribution": True}}]}})
    return left_out


def scored(asked: Asked, owed: list[str]) -> Query:
    """What fits the filters too, each with the score of `scoring.py` as the sum of constants."""
    query = found(asked, owed)
    query["bool"]["filter"] += _filters(asked)
    query["bool"]["should"] = [
        _constant({"term": {"language": asked.reading.language}}, scoring.OWN_LANGUAGE),
        # Each tier's query also finds what the better ones do: the greatest is the entry's.
        {"dis_max": {"queries": _tiers(asked)}},
        _constant(clause(asked.reading.title), scoring.TITLE),
    ]
    return query


def _tiers(asked: Asked) -> list[Query]:
    tiers = [tier for tier in Tier if tier != Tier.RELATED]
    return [_constant(clause(asked.reading.expression(tier)), scoring.TIER[tier]) for tier in tiers]


def _constant(query: Query, boost: int) -> Query:
    return {"constant_score": {"filter": query, "boost": boost}}


def _filters(asked: Asked) -> list[Query]:
    filters = asked.filters
    chosen: list[Query] = [
        {"term": {name: value}}
        for name, value in (("kind", filters.kind), ("language", filters.language))
        if value
    ]
    if asked.not_before is not None:
        chosen.append({"range": {"dated_at": {"gte": microseconds(asked.not_before)}}})
    wanted = asked.wanted_participations
    if wanted is not None:
        chosen.append(_of_participations(wanted, filters, wants_lone=asked.wants_lone))
    return chosen


def _of_participations(wanted: set[int], filters: Filters, *, wants_lone: bool) -> Query:
    fitting: list[Query] = [{"terms": {"participation": _keys(wanted)}}]
    if wants_lone:
        lone = {"bool": {"must_not": [{"exists": {"field": "participation"}}]}}
        fitting.append({"bool": {"filter": [{"term": {"form": filters.form}}, lone]}})
    return {"bool": {"should": fitting, "minimum_should_match": 1}}


def _keys(keys: set[int]) -> list[str | None]:
    return [key(one) for one in sorted(keys)]


def page(asked: Asked, owed: list[str], after: Place | None, limit: int) -> Query:
    body: Query = {
        "query": scored(asked, owed),
        "sort": NEWEST_FIRST if asked.newest_first else ORDER,
        "size": limit,
    }
    if after is not None:
        body["search_after"] = [after.score, after.rank, microseconds(after.dated_at), after.document]
    return body


def cells(asked: Asked, owed: list[str], after: Query | None) -> Query:
    """Cells with their ages; a composite counts every bucket, where `terms` would count the largest."""
    month, year = (microseconds(asked.scope.now - ago) for ago in (MONTH_AGO, YEAR_AGO))
    ages = [{"key": "0", "from": month}, {"key": "1", "from": year, "to": month}, {"key": "2", "to": year}]
    composite: Query = {"size": CELLS, "sources": [{"cell": {"terms": {"field": "cell"}}}]}
    if after is not None:
        composite["after"] = after
    ranges = {"age": {"range": {"field": "dated_at", "ranges": ages}}}
    return {
        "query": found(asked, owed),
        "size": 0,
        # Orders nothing; an index without our fields counts nothing, and with this it is an error.
        "sort": KNOWN,
        "aggs": {"cells": {"composite": composite, "aggs": ranges}},
    }


def titles(asked: Asked, owed: list[str], limit: int) -> Query:
    own = _constant({"term": {"language": asked.reading.language}}, 1)
    return {
        "query": {
            "bool": {
                "filter": [clause(asked.reading.title), {"term": {"is_contribution": False}}],
                "must_not": _not_shown(asked, owed),
                "should": [own],
            }
        },
        "sort": ORDER,
        "size": limit,
    }
