"""The proxy does what it is ordered to: what is tested behind it is tested against nothing else."""

import threading
import time
from urllib.parse import urlsplit

import pytest
from elasticsearch import (
    ApiError,
    ConflictError,
    ConnectionError,
    ConnectionTimeout,
    Elasticsearch,
)

from scripts.services import accepts_connections
from tests.elasticsearch.misbehaving import PASS, Misbehaving, Order


@pytest.fixture
def through(misbehaving):
    with Elasticsearch(misbehaving.url, request_timeout=5, max_retries=0) as client:
        yield client


def test_it_hands_on_what_it_is_asked(through, misbehaving, index_prefix):
    through.indices.create(index=index_prefix)
    through.index(index=index_prefix, id="ä", document={"word": "työpaja"}, refresh=True)
    assert through.get(index=index_prefix, id="ä")["_source"] == {"word": "työpaja"}
    assert through.exists(index=index_prefix, id="ä")
    assert not through.exists(index=index_prefix, id="o")
    with pytest.raises(ConflictError):
        through.create(index=index_prefix, id="ä", document={})
    assert misbehaving.passed == len(misbehaving.requests) == 6
    assert misbehaving.requests[0] == f"PUT /{index_prefix}"


def test_slow_it_answers_late(through, misbehaving):
    misbehaving.order = Order(delay=0.5)
    begun = time.monotonic()
    through.info()
    assert time.monotonic() - begun >= 0.5


def test_slower_than_a_client_waits(through, misbehaving):
    misbehaving.order = Order(delay=30)
    with pytest.raises(ConnectionTimeout):
        through.options(request_timeout=0.2).info()
    assert misbehaving.passed == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_it_answers_in_the_servers_place(through, misbehaving, status):
    misbehaving.order = Order(status=status)
    with pytest.raises(ApiError) as error:
        through.info()
    assert error.value.meta.status == status
    assert "retry-after" not in error.value.meta.headers
    assert misbehaving.passed == 0


def test_busy_it_says_when_to_come_again(through, misbehaving):
    misbehaving.order = Order(status=429, retry_after=7)
    with pytest.raises(ApiError) as error:
        through.info()
    assert error.value.meta.headers["retry-after"] == "7"


def test_an_order_ends_after_its_times(through, misbehaving):
    misbehaving.order = Order(status=503, times=2)
    for _ in range(2):
        with pytest.raises(ApiError):
            through.info()
    through.info()
    assert misbehaving.order == PASS
    assert misbehaving.passed == 1


def test_an_order_is_for_some_requests_only(through, misbehaving, index_prefix):
    misbehaving.order = Order(status=503, only="_search", times=1)
    through.indices.create(index=index_prefix)
    with pytest.raises(ApiError):
        through.search(index=index_prefix)
    through.search(index=index_prefix)


def test_cut_off_in_the_middle_of_the_body(through, misbehaving):
    misbehaving.order = Order(cut=True, times=1)
    with pytest.raises(ConnectionError):
        through.info()
    assert misbehaving.passed == 1
    through.info()


def test_away_nobody_listens_and_back_it_is_at_the_same_address(through, misbehaving):
    through.info()
    misbehaving.order = Order(refuse=True)
    assert not accepts_connections(urlsplit(misbehaving.url).port)
    with pytest.raises(ConnectionError):
        through.info()
    misbehaving.order = PASS
    through.info()
    assert misbehaving.passed == 2


def test_it_goes_away_while_it_answers(through, misbehaving):
    misbehaving.order = Order(delay=30)
    failed = []

    def ask():
        try:
            through.info()
        except ConnectionError as error:
            failed.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not misbehaving.requests:
        time.sleep(0.01)
    misbehaving.order = Order(refuse=True)
    asking.join(timeout=4)
    assert len(failed) == 1


@pytest.mark.faults
def test_before_a_killed_server_it_is_as_dead(killable_elasticsearch):
    proxy = Misbehaving(killable_elasticsearch.url)
    killable_elasticsearch.kill()
    with Elasticsearch(proxy.url, max_retries=0) as client, pytest.raises(ConnectionError):
        client.info()
    proxy.stop()


def test_many_ask_at_once(through, misbehaving):
    misbehaving.order = Order(status=429, times=10)
    refused = []

    def ask():
        for _ in range(10):
            try:
                through.info()
            except ApiError as error:
                refused.append(error.meta.status)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert refused == [429] * 10
    assert (len(misbehaving.requests), misbehaving.passed) == (40, 30)
