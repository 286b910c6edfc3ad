"""100,000 comments in the database: writing their entries, and the search page beside the stock backend.

Words asked for are those of the gold set and the frequent ones, in both languages, each once.
"""

import statistics
import time

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from portal.search import finnish
from portal.search.models import SearchEntry
from portal.search.services import word_list
from tests.factories.accounts import UserFactory
from tests.factories.pages import ContentPageFactory, index
from tests.participation.hearings.test_query_counts import statements

from . import child, comments, gold
from .bench_indexing import BARS, FEW, MANY, NAMES
from .filled import Filled
from .stock_modelsearch import Modelsearch

pytestmark = [
    pytest.mark.both,
    pytest.mark.real_data,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(7200),
]
SLOWEST = {"postgresql": 150, "sqlite": 300}
ABOVE_AN_EMPTY_PAGE = 8
PAGE = 20


def test_at_the_size(client, figure, settings):
    settings.SEARCH_LIMIT_PER_ADDRESS = 10_000_000
    texts = list(comments.many(MANY))
    filled = Filled().add(texts[:FEW])
    few = written("stems")
    filled.add(texts[FEW:])
    indexing(figure, few)
    word_list.make_word_list()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    stock, stock_rate = stock_times(texts)
    pages(client, figure, stock)
    queries(client, figure)
    figure("… stock backend's indexing", f"{stock_rate:,.0f} a second", "–", True)


def database_address():
    """Of the test database, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def written(way):
    return child.measured("index", way, 0, DATABASE_URL=database_address())


def indexing(figure, few):
    """The entries of 100,000 comments, with Snowball and then, made anew, with Voikko."""
    for way in [one for one in ("stems", "voikko") if one == "stems" or finnish.has_voikko()]:
        if way == "voikko":
            SearchEntry.objects.all().delete()
        many = written(way)
        rate = many["done"] / many["seconds"]
        figure(
            f"Entries of {many['done']:,} comments written, {connection.vendor}, {NAMES[way]}",
            f"{rate:,.0f} a second",
            f"≥ {BARS[way]:,}",
            rate >= BARS[way],
            f"{many['done'] / many['processor']:,.0f} by its processor",
        )
        grown = many["megabytes"] - few["megabytes"]
        figure(
            "… peak memory of the process",
            f"{many['megabytes']:.0f} MB",
            "< 100 MB more",
            grown < 100,
            f"{few['megabytes']:.0f} MB at {few['done']:,}",
        )


def asked():
    """(word, language) of everything that is asked."""
    sets = (gold.drawn, gold.listed, gold.frequent)
    return sorted(
        {(one.word, one.language) for choose in sets for lang in ("fi", "sv") for one in choose(lang)}
    )


def times(act):
    """Milliseconds of each question, and the same of the slowest twentieth's beginning."""
    questions = asked()
    for question in questions[:5]:
        act(*question)
    taken = []
    for question in questions:
        begun = time.perf_counter()
        act(*question)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def p95(taken):
    return statistics.quantiles(taken, n=20)[-1]


def stock_times(texts):
    """What a list of twenty and their number take with modelsearch's backend as it is shipped."""
    begun = time.perf_counter()
    with Modelsearch(texts) as backend:
        rate = len(texts) / (time.perf_counter() - begun)
        return times(lambda word, language: backend.page(word, PAGE)), rate


def pages(client, figure, stock):
    addresses = {}
    for language in ("fi", "sv"):
        with translation.override(language):
            addresses[language] = reverse("search:search")

    def ask(word, language):
        assert client.get(addresses[language], {"q": word}).status_code == 200

    taken = times(ask)
    bar = SLOWEST[connection.vendor]
    figure(
        f"Search page at {MANY:,}, {connection.vendor}, {len(taken)} words: p95",
        f"{p95(taken):.0f} ms",
        f"≤ {bar} ms",
        p95(taken) <= bar,
        f"stock's list {p95(stock):.0f} ms",
    )
    figure(
        "… p50",
        f"{statistics.median(taken):.0f} ms",
        "–",
        True,
        f"stock's list {statistics.median(stock):.0f} ms",
    )


def queries(client, figure):
    empty = ContentPageFactory(parent=index("planning", "fi"))
    client.force_login(UserFactory())
    with translation.override("fi"):
        address = reverse("search:search")
    for _n in range(2):
        base = len(statements(lambda: client.get(empty.url)))
        found = len(statements(lambda: client.get(address, {"q": "palvelu"})))
    figure(
        f"Search page at {MANY:,}, {Page.objects.count()} pages, {connection.vendor}",
        f"{found} statements",
        f"≤ {ABOVE_AN_EMPTY_PAGE} above an empty page",
        found - base <= ABOVE_AN_EMPTY_PAGE,
        f"{base} statements",
    )
