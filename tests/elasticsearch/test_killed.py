"""Elasticsearch killed in the middle of its work: no search fails, and nothing stays out of the index."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client
from elasticsearch import Elasticsearch

from portal.search.backends.elastic import place
from portal.search.backends.failures import ServerFailed
from portal.search.models import PendingDocument, SearchEntry, SearchServer
from portal.search.services import comparing, filling, server
from tests.elasticsearch.bringing import push
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
COMMENTS = 30


@pytest.fixture
def killable(settings, killable_elasticsearch):
    """A server of the test's own, filled with comments; killed by `kill()`, back by `start()`."""
    settings.SEARCH_URL = killable_elasticsearch.url
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:8]}"
    settings.SEARCH_TIMEOUT_SECONDS = 10
    hearing = hearing_pair().hearing
    for number in range(COMMENTS):
        CommentFactory(participation=hearing, original_text=f"Kirjasto {number}.")
    filling.fill()
    yield killable_elasticsearch
    if not killable_elasticsearch.is_running:
        killable_elasticsearch.start()
    with Elasticsearch(killable_elasticsearch.url) as client:
        for name in client.indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}-*"):
            client.indices.delete(index=name)


def found():
    response = Client().get("/fi/haku/", {"q": "kirjasto"})
    assert response.status_code == 200
    return response.context["results"].total


def is_well():
    return not SearchServer.objects.exclude(failing_since=None).exists()


def change_all():
    """Each comment says something else now, and the server does not know."""
    for comment in SearchEntry.objects.exclude(contribution=None).select_related("contribution"):
        SearchEntry.objects.filter(pk=comment.pk).update(digest=uuid.uuid4().hex)
        PendingDocument.objects.create(document=comment.document)


def test_during_searches(killable):
    stop, totals, errors = threading.Event(), [], []

    def search():
        try:
            while not stop.is_set():
                totals.append(found())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    while len(totals) < 20 and not errors:
        threads[0].join(0.05)
    killable.kill()
    killed_at = len(totals)
    while len(totals) < killed_at + 20 and not errors:
        threads[0].join(0.05)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(totals) == {COMMENTS}
    assert not is_well()
    killable.start()
    push()
    assert is_well()
    assert found() == COMMENTS
    assert is_well()


def test_while_changes_are_brought(killable, monkeypatch):
    change_all()
    monkeypatch.setattr(filling, "BATCH", 10)
    bring = filling._bring_batch

    def bring_and_kill(rows):
        confirmed = bring(rows)
        killable.kill()
        return confirmed

    with monkeypatch.context() as patch:
        patch.setattr(filling, "_bring_batch", bring_and_kill)
        push()
    assert PendingDocument.objects.count() == COMMENTS - 10
    assert not is_well()
    assert found() == COMMENTS
    killable.start()
    push()
    assert is_well()
    assert not PendingDocument.objects.exists()
    assert not comparing.compare()


def test_what_was_confirmed_before_it_was_killed_is_there_after(killable):
    change_all()
    filling.bring()
    killable.kill()
    killable.start()
    assert not comparing.compare()


def test_while_a_new_index_is_filled(killable, monkeypatch):
    read = filling._all_entries
    monkeypatch.setattr(filling, "BATCH", 10)

    def read_and_kill():
        for number, batch in enumerate(read()):
            if number == 1:
                killable.kill()
            yield batch

    with monkeypatch.context() as patch:
        patch.setattr(filling, "_all_entries", read_and_kill)
        with pytest.raises(ServerFailed):
            filling.fill()
    assert found() == COMMENTS
    killable.start()
    # The index that was asked before is asked again, whole.
    with Elasticsearch(killable.url) as client:
        assert len(client.indices.get(index=f"{place.alias()}_*")) == 2
        assert client.count(index=place.alias())["count"] == SearchEntry.objects.count()
        SearchServer.objects.update(failing_since=None, paused_until=None)
        assert server.take_turn() is not None
        assert found() == COMMENTS
        assert is_well()
        filling.fill()
        assert len(client.indices.get(index=f"{place.alias()}_*")) == 1
    assert not comparing.compare()
