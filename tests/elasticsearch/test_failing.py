"""A server that is slow, busy, broken, away or not ours: the database answers, and it heals by itself."""

import datetime as dt
import threading
import time

import pytest
from django.core.cache import cache
from django.utils import timezone
from elasticsearch import Elasticsearch

from portal.jobs import schedule
from portal.jobs.models import Job
from portal.search.backends.elastic import place, queries
from portal.search.enums import Trouble
from portal.search.models import PendingDocument, SearchServer
from portal.search.services import comparing, filling, pushing, server
from tests.elasticsearch.bringing import run_push
from tests.elasticsearch.misbehaving import PASS, Order
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db
TROUBLES = {
    "slow": (Order(delay=30, only="_search"), Trouble.SLOW),
    "busy": (Order(status=429, retry_after=5), Trouble.BUSY),
    "broken": (Order(status=500), Trouble.BROKEN),
    "unavailable": (Order(status=503), Trouble.BROKEN),
    "no rights": (Order(status=403), Trouble.BROKEN),
    "cut off": (Order(cut=True), Trouble.AWAY),
    "away": (Order(refuse=True), Trouble.AWAY),
}


def let_pause_pass():
    SearchServer.objects.update(paused_until=timezone.now() - dt.timedelta(seconds=1))


def failing():
    return SearchServer.objects.exclude(failing_since=None).first()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_same_request_is_answered_by_the_database_in_time(behind, ask, asked, settings, trouble):
    order, known_as = TROUBLES[trouble]
    behind.order = order
    if known_as == Trouble.SLOW:
        settings.SEARCH_TIMEOUT_SECONDS = 1
    begun = time.monotonic()
    results = ask("kirjasto")
    took = time.monotonic() - begun
    assert (results.total, len(results.results)) == (1, 1)
    assert asked[0] == "elasticsearch"
    assert asked[-1] == "database"
    assert failing().trouble == known_as
    assert took < 20


@pytest.mark.parametrize("trouble", ["slow", "busy", "away"])
def test_the_next_questions_are_spared_whoever_asks_them(behind, ask, asked, settings, trouble):
    """What is known of the server is in the database: no process pays for it twice, cache or not."""
    behind.order, known_as = TROUBLES[trouble]
    if known_as == Trouble.SLOW:
        settings.SEARCH_TIMEOUT_SECONDS = 1
    ask("kirjasto")
    cache.clear()
    asked.clear()
    before = len(behind.requests)
    for _ in range(3):
        assert ask("kirjasto").total == 1
    assert set(asked) == {"database"}
    assert len(behind.requests) == before


def test_after_the_pause_one_question_tries_and_heals(behind, ask, asked):
    behind.order = Order(status=503)
    ask("kirjasto")
    behind.order = PASS
    let_pause_pass()
    asked.clear()
    assert ask("kirjasto").total == 1
    assert ask("kirjasto").total == 1
    assert set(asked) == {"elasticsearch"}
    assert failing() is None


def test_after_the_pause_one_question_tries_and_the_others_do_not(behind, ask):
    behind.order = Order(status=503)
    ask("kirjasto")
    let_pause_pass()
    before = len(behind.requests)
    first, second = server.take_turn(), server.take_turn()
    assert first == ([], True)
    assert second is None
    let_pause_pass()
    since = failing().failing_since
    ask("kirjasto")
    # Counts and page are asked for at once.
    assert before < len(behind.requests) <= before + 2
    assert failing().failing_since == since
    assert failing().paused_until > timezone.now()


def test_what_has_failed_for_long_is_spared_for_longer(behind, ask):
    behind.order = Order(status=503)
    ask("kirjasto")
    SearchServer.objects.update(failing_since=timezone.now() - dt.timedelta(minutes=5))
    let_pause_pass()
    ask("kirjasto")
    assert failing().paused_until > timezone.now() + server.PAUSE


def test_a_second_request_of_an_answer_has_only_the_time_that_is_left(behind, ask, settings, monkeypatch):
    settings.SEARCH_TIMEOUT_SECONDS = 1
    monkeypatch.setattr(queries, "CELLS", 1)
    behind.order = Order(delay=0.7, only="_search")
    assert ask("kirjasto").total == 1
    assert failing().trouble == Trouble.SLOW


def test_time_is_over_though_the_connection_still_says_something(behind, ask, settings, monkeypatch):
    """Looking up a name, and an answer that trickles, end by no timeout of a connection."""
    settings.SEARCH_TIMEOUT_SECONDS = 1
    answered, given_up = threading.Event(), threading.Event()

    def late(self, **kwargs):
        answered.wait(60)
        given_up.set()
        return {}

    monkeypatch.setattr(Elasticsearch, "search", late)
    try:
        assert ask("kirjasto").total == 1
        assert failing().trouble == Trouble.SLOW
    finally:
        answered.set()
    assert given_up.wait(60)


@pytest.mark.parametrize(
    "answer",
    [{}, {"timed_out": True, "_shards": {"failed": 0}}, {"timed_out": False, "_shards": {"failed": 1}}],
)
def test_an_answer_that_is_not_whole_is_none(behind, ask, monkeypatch, answer):
    monkeypatch.setattr(Elasticsearch, "search", lambda self, **kwargs: answer)
    assert ask("kirjasto").total == 1
    assert failing().trouble == Trouble.BROKEN


def test_titles_and_feed_are_answered_too(behind, client):
    hearing_pair(fi={"title": "Kirjaston aukiolo"})
    behind.order = Order(status=503)
    suggested = client.get("/fi/haku/ehdotukset/", {"q": "kirj"}).json()
    assert suggested == {"titles": ["Kirjaston aukiolo"]}
    for address in ("/sv/sok/flode/", "/fi/haku/syote/"):
        let_pause_pass()
        before = len(behind.requests)
        assert "<item>" in client.get(address, {"q": "kirjasto"}).content.decode()
        # Counts and page are asked for at once.
    assert before < len(behind.requests) <= before + 2


# What was changed meanwhile


def test_what_was_changed_while_it_was_away_comes_into_the_index(behind, ask, asked):
    behind.order = Order(refuse=True)
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    run_push()
    assert failing().trouble == Trouble.AWAY
    assert ask("kirjasto").total == 2
    behind.order = PASS
    run_push()
    assert failing() is None
    assert not PendingDocument.objects.exists()
    asked.clear()
    assert ask("kirjasto").total == 2
    assert set(asked) == {"elasticsearch"}


HALF_WAY = [Order(status=429, times=1), Order(status=503, times=1), Order(cut=True, times=1)]


@pytest.mark.parametrize("order", HALF_WAY)
def test_bringing_that_failed_half_way_is_done_again(behind, order):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    behind.order = order
    run_push()
    run_push()
    assert not PendingDocument.objects.exists()
    assert not comparing.compare()


def test_beat_orders_nothing_while_all_is_well(behind):
    filling.bring()
    pushing.keep_up()
    assert not Job.objects.exists()


def test_beat_orders_what_is_owed_though_the_order_was_lost(behind):
    filling.bring()
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    assert "search.push" in schedule.run_due()
    assert Job.objects.filter(kind=pushing.JOB_KIND).count() == 1
    assert not Job.objects.get(kind=pushing.JOB_KIND).is_finished
    assert not pushing.order()


def test_nobody_searches_and_it_heals_all_the_same(behind, ask):
    behind.order = Order(status=503)
    ask("kirjasto")
    behind.order = PASS
    run_push()
    assert failing() is None


# Indexes that are not ours


def test_an_index_that_is_gone_is_filled_again(behind, ask, asked, elasticsearch_client):
    (name,) = elasticsearch_client.indices.get_alias(name=place.alias())
    elasticsearch_client.indices.delete(index=name)
    assert ask("kirjasto").total == 1
    assert failing().trouble == Trouble.INDEX
    let_pause_pass()
    assert ask("kirjasto").total == 1
    assert asked == ["elasticsearch", "database", "database", "database", "database"]
    run_push()
    asked.clear()
    assert ask("kirjasto").total == 1
    assert set(asked) == {"elasticsearch"}
    assert failing() is None


def test_an_index_of_an_older_mapping_never_answers_and_is_filled_anew(
    behind, ask, asked, elasticsearch_client, index_prefix, monkeypatch
):
    monkeypatch.setattr(place, "VERSION", "newer")
    assert ask("kirjasto").total == 1
    assert set(asked) == {"database"}
    run_push()
    asked.clear()
    assert ask("kirjasto").total == 1
    assert set(asked) == {"elasticsearch"}
    (left,) = elasticsearch_client.indices.get(index=f"{index_prefix}-entries-*")
    assert left.startswith(f"{index_prefix}-entries-newer")


def test_a_mapping_that_was_changed_by_hand_is_noticed_by_its_answers(behind, ask, elasticsearch_client):
    """An index behind our name that lacks our fields gives errors, not fewer results."""
    (name,) = elasticsearch_client.indices.get_alias(name=place.alias())
    other = f"{place.alias()}_other"
    elasticsearch_client.indices.create(index=other, mappings={"properties": {"exact": {"type": "text"}}})
    elasticsearch_client.indices.delete(index=name)
    elasticsearch_client.indices.put_alias(index=other, name=place.alias())
    assert ask("kirjasto").total == 1
    assert failing().trouble == Trouble.BROKEN
    run_push()
    assert failing().trouble == Trouble.INDEX
    run_push()
    assert failing() is None
    assert not comparing.compare()
