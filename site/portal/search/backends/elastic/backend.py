"""Answers by Elasticsearch, the same as the database's."""

import time
from concurrent.futures import Future
from typing import Any

from django.conf import settings

from ... import scoring
from ...asking import Asked, Cell, Place
from ...enums import Trouble
from .. import Hit
from ..failures import ServerFailed
from . import queries
from .client import begun, entries, understood, within
from .mapping import BREAK, CELL_PARTS, moment

COMPLETE = {"allow_partial_search_results": False, "request_cache": False, "track_total_hits": False}


class ElasticBackend:
    """Made for one answer: all its requests together have the seconds of SEARCH_TIMEOUT_SECONDS."""

    def __init__(self, owed: list[str]) -> None:
        self._owed = owed
        """Documents whose change the server has not confirmed: no answer holds them."""
        self._until = time.monotonic() + settings.SEARCH_TIMEOUT_SECONDS

    def cells_and_page(self, asked: Asked, after: Place | None, limit: int) -> tuple[list[Cell], list[Hit]]:
        """Asked at once: both are there when the slower one is."""
        page = self._begun(*self._page(asked, after, limit))
        return self.cells(asked), self._hits(self._given(page), asked)

    def cells(self, asked: Asked) -> list[Cell]:
        found: list[Cell] = []
        after = None
        while True:
            answer = self._ask(queries.cells(asked, self._owed, after), "aggregations")
            with understood():
                given = answer["aggregations"]["cells"]
                for bucket in given["buckets"]:
                    found += _cells(bucket)
                after = given.get("after_key")
                if after is None or len(given["buckets"]) < queries.CELLS:
                    return found

    def page(self, asked: Asked, after: Place | None, limit: int) -> list[Hit]:
        return self._hits(self._ask(*self._page(asked, after, limit)), asked)

    def titles(self, asked: Asked, limit: int) -> list[str]:
        answer = self._ask(queries.titles(asked, self._owed, limit), "hits.hits.sort")
        with understood():
            return [str(values[3]) for values in _sorts(answer)]

    def _page(self, asked: Asked, after: Place | None, limit: int) -> tuple[dict[str, Any], str]:
        return queries.page(asked, self._owed, after, limit), "hits.hits.sort"

    def _hits(self, answer: dict[str, Any], asked: Asked) -> list[Hit]:
        with understood():
            places = [_place(values, asked.newest_first) for values in _sorts(answer)]
        return [Hit(place, scoring.tier_of(place.score)) for place in places]

    def _ask(self, body: dict[str, Any], wanted: str) -> dict[str, Any]:
        return self._given(self._begun(body, wanted))

    def _begun(self, body: dict[str, Any], wanted: str) -> Future[dict[str, Any]]:
        """A question under way, for what is wanted of its answer."""
        left = self._left()
        index = entries()

        def ask() -> dict[str, Any]:
            client = index.es.options(request_timeout=left)
            kept = f"timed_out,_shards.failed,{wanted}"
            return dict(client.search(index=index.name, **body, **COMPLETE, source=False, filter_path=kept))

        return begun(ask)

    def _given(self, asked: Future[dict[str, Any]]) -> dict[str, Any]:
        """A complete answer."""
        with understood():
            answer = within(self._left(), asked)
            if answer["timed_out"] or answer["_shards"]["failed"]:
                raise ValueError("the answer is not complete")
        return answer

    def _left(self) -> float:
        """Seconds; an error when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ServerFailed(Trouble.SLOW, "no time is left")
        return left


def _sorts(answer: dict[str, Any]) -> list[list[Any]]:
    return [hit["sort"] for hit in answer.get("hits", {}).get("hits", ())]


def _place(values: list[Any], newest_first: bool) -> Place:
    if newest_first:
        dated_at, document, rank, score = values
    else:
        score, rank, dated_at, document = values
    return Place(int(score), int(rank), moment(int(dated_at)), str(document))


def _cells(bucket: dict[str, Any]) -> list[Cell]:
    parts = bucket["key"]["cell"].split(BREAK)
    if len(parts) != CELL_PARTS:
        raise ValueError(f"{bucket['key']['cell']!r} is no cell")
    participation, form, kind, language = parts
    number = int(participation) if participation else None
    return [
        Cell(number, form, kind, language, int(age["key"]), age["doc_count"])
        for age in bucket["age"]["buckets"]
        if age["doc_count"]
    ]
