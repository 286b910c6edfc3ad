"""100,000 comments in the database: writing their entries, and the search page beside the stock backend.

Words asked for are those of the gold set and the frequent ones, in both languages, each once.
"""

import time

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import translation

from portal.search import finnish
from portal.search.models import SearchEntry
from portal.search.services import word_list
from scripts.elasticsearch import require
from scripts.services import ServiceMissing
from tests.factories.accounts import UserFactory
from tests.factories.pages import ContentPageFactory, index
from tests.participation.hearings.test_query_counts import statements

from . import child, comments, server_at_size
from .bench_indexing import BARS, FEW, MANY, NAMES
from .filled import Filled
from .stock_modelsearch import Modelsearch
from .timing import p50, p95, timed

pytestmark = [
    pytest.mark.both,
    pytest.mark.real_data,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(7200),
]
SLOWEST = {"postgresql": 150, "sqlite": 300}
ABOVE_AN_EMPTY_PAGE = 8
PAGE = 20


def test_at_the_size(request, client, figure, settings):
    settings.SEARCH_LIMIT_PER_ADDRESS = 10_000_000
    texts = list(comments.many(MANY))
    filled = Filled().add(texts[:FEW])
    few = written("stems")
    filled.add(texts[FEW:])
    indexing(figure, few)
    word_list.make_word_list()
    as_left_by_its_keeper()
    stock(figure, texts)
    as_left_by_its_keeper()
    pages(figure, page_view())
    queries(client, figure)
    if connection.vendor == "postgresql":
        elasticsearch(request, figure, texts, page_view())


def as_left_by_its_keeper():
    """What autovacuum does by itself within minutes of so many writes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


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
    for way in [one for one in BARS if one == "stems" or finnish.has_voikko()]:
        if way == "voikko":
            SearchEntry.objects.all().delete()
        many = written(way)
        rate = many["done"] / many["seconds"]
        figure(
            f"Entries of {many['done']:,} comments, {connection.vendor}, {NAMES[way]}, one process",
            f"{rate:,.0f} a second",
            f"≥ {BARS[way]:,}",
            rate >= BARS[way],
            f"{many['done'] / many['processor']:,.0f} by its processor",
        )
        figure(
            "… peak memory of the process",
            f"{many['megabytes']:.0f} MB",
            "< 100 MB more",
            many["megabytes"] - few["megabytes"] < 100,
            f"{few['megabytes']:.0f} MB at {few['done']:,}",
        )


def stock(figure, texts):
    """What a list of twenty and their number take with modelsearch's backend as it is shipped."""
    begun = time.perf_counter()
    with Modelsearch(texts) as backend:
        rate = len(texts) / (time.perf_counter() - begun)
        as_left_by_its_keeper()
        taken = timed(lambda word, language: backend.page(word, PAGE))
    name = f"Stock: modelsearch at {len(texts):,}, {connection.vendor}"
    figure(f"{name}, list and number: p95", f"{p95(taken):.0f} ms", "–", True, f"p50 {p50(taken):.0f} ms")
    figure("… indexing", f"{rate:,.0f} a second", "–", True)


def page_view():
    """Asks the page as a server does: the test client would keep a copy of what each template is given."""
    handler, addresses = ClientHandler(), {}
    for language in ("fi", "sv"):
        with translation.override(language):
            addresses[language] = reverse("search:search")

    def view(word, language):
        request = RequestFactory().get(addresses[language], {"q": word})
        assert handler(request.environ).status_code == 200

    return view


def pages(figure, view):
    taken = timed(view)
    bar = SLOWEST[connection.vendor]
    figure(
        f"Search page at {MANY:,}, {connection.vendor}, {len(taken)} words: p95",
        f"{p95(taken):.0f} ms",
        f"≤ {bar} ms",
        p95(taken) <= bar,
        f"p50 {p50(taken):.0f} ms",
    )


def queries(client, figure):
    empty = ContentPageFactory(parent=index("planning", "fi"))
    with translation.override("fi"):
        address = reverse("search:search")
    client.force_login(UserFactory())
    for _n in range(2):
        base = len(statements(lambda: client.get(empty.url)))
        found = len(statements(lambda: client.get(address, {"q": "palvelu"})))
    client.logout()
    figure(
        f"Search page at {MANY:,}, {connection.vendor}, signed in",
        f"{found} statements",
        f"≤ {ABOVE_AN_EMPTY_PAGE} above an empty page",
        found - base <= ABOVE_AN_EMPTY_PAGE,
        f"{base} statements",
    )


def elasticsearch(request, figure, texts, view):
    """Last, since a machine without it ends the test here."""
    try:
        require()
    except ServiceMissing as missing:
        pytest.skip(str(missing))
    client = request.getfixturevalue("elasticsearch_client")
    prefix = request.getfixturevalue("search_server").SEARCH_INDEX_PREFIX
    server_at_size.measure(figure, client, texts, view, prefix)
