"""The search page answered by Elasticsearch, beside the queries it sends, and beside a stock index."""

import time

from elasticsearch import Elasticsearch

from portal.search.services import filling

from .stock_elasticsearch import StockElasticsearch
from .timing import WARMING, p50, p95, questions, timed, took

PAGE = 20
SLOWEST = 150
TIMES_THE_QUERIES = 1.5
"""Asked for and not reached: decision 18."""


def measure(figure, client, texts, view, prefix):
    """`view` asks the page for (word, language); the settings name the server already."""
    begun = time.perf_counter()
    written = filling.fill()
    rate = written / (time.perf_counter() - begun)
    begun = time.perf_counter()
    stock = StockElasticsearch(texts, client, f"{prefix}-stock")
    stock_rate = len(texts) / (time.perf_counter() - begun)
    work = f"Index of {written:,} entries filled, Elasticsearch"
    figure(work, f"{rate:,.0f} a second", "–", True, f"stock {stock_rate:,.0f}")
    views, raw = beside_the_query(view, client)
    plain = timed(lambda word, language: stock.page(word, PAGE))
    figure(
        f"Search page, Elasticsearch, {len(views)} words: p95",
        f"{p95(views):.0f} ms",
        f"≤ {SLOWEST} ms",
        p95(views) <= SLOWEST,
        f"query {p95(raw):.0f} ms, stock {p95(plain):.0f}",
    )
    figure(
        "… p50",
        f"{p50(views):.0f} ms",
        f"≤ {TIMES_THE_QUERIES} × the query",
        p50(views) <= TIMES_THE_QUERIES * p50(raw),
        f"query {p50(raw):.0f} ms, stock {p50(plain):.0f}",
    )


def beside_the_query(view, client):
    """Milliseconds of each view, and of the same requests sent again by themselves, in turns."""
    views, raw = [], []
    asked = questions()
    for number, question in enumerate([*asked[:WARMING], *asked]):
        sent = requests_of(view, *question)
        assert sent, "the server was not asked"
        pair = took(view, *question), took(lambda *_question, sent=sent: again(client, sent))
        if number >= WARMING:
            views.append(pair[0])
            raw.append(pair[1])
    return views, raw


def requests_of(view, *question):
    """What the view asks of the server."""
    sent, original = [], Elasticsearch.search

    def noting(self, **request):
        sent.append(request)
        return original(self, **request)

    Elasticsearch.search = noting
    try:
        view(*question)
    finally:
        Elasticsearch.search = original
    return sent


def again(client, sent):
    for request in sent:
        client.search(**request)
