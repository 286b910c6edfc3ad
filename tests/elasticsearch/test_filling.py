"""Filling a new index beside the one that is asked, and moving the name to it."""

import threading

import pytest
from django.db import connection

from participation.processes.enums import ModerationState
from portal.search.asking import Asked
from portal.search.backends.elastic import entries, place
from portal.search.backends.elastic.backend import ElasticBackend
from portal.search.models import PendingDocument, SearchEntry
from portal.search.reading import read
from portal.search.scope import present_scope
from portal.search.services import comparing, filling, indexing, pushing, server
from tests.elasticsearch.test_index import document_of, found, indexes, straight_in
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db


def test_a_new_index_takes_the_place_of_the_old_in_one_step(filled, elasticsearch_client, index_prefix):
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    (before,) = indexes(elasticsearch_client, index_prefix)
    assert filling.fill() == SearchEntry.objects.count()
    (after,) = indexes(elasticsearch_client, index_prefix)
    assert before != after
    assert found(elasticsearch_client, "kirjasto", "exact") == [document_of(comment)]
    names = elasticsearch_client.indices.get_alias(index=after)[after]["aliases"]
    assert list(names) == [place.alias()]
    assert not PendingDocument.objects.exists()


def test_ten_thousand_are_filled_in(filled, elasticsearch_client):
    straight_in(10_000, hearing_pair().hearing)
    assert filling.fill() == SearchEntry.objects.count() > 10_000
    assert elasticsearch_client.count(index=place.alias())["count"] == SearchEntry.objects.count()
    assert not comparing.compare()
    assert deepest(Asked(read("kirjasto", "fi"), present_scope())) == 10_000


def deepest(asked):
    """How many are found by going on to the last page: further than a server counts places."""
    backend, after, found = ElasticBackend([]), None, set()
    while hits := backend.page(asked, after, 1_000):
        after = hits[-1].place
        found |= {hit.place.document for hit in hits}
    return len(found)


def test_ten_thousand_changes_are_brought(filled, elasticsearch_client):
    straight_in(10_000, hearing_pair().hearing)
    pushing.owe(list(SearchEntry.objects.values_list("document", flat=True)))
    assert server.take_turn() is None
    filling.bring()
    assert elasticsearch_client.count(index=place.alias())["count"] == SearchEntry.objects.count()
    assert server.take_turn() is not None


def test_what_a_killed_filling_left_behind_goes_with_the_next(filled, elasticsearch_client, index_prefix):
    rebuilder = entries().backend.rebuilder_class(entries())
    left = rebuilder.start()
    assert left.name in indexes(elasticsearch_client, index_prefix)
    filling.fill()
    assert len(indexes(elasticsearch_client, index_prefix)) == 1
    assert not elasticsearch_client.indices.exists(index=left.name)


def test_of_two_fillings_the_later_wins_and_the_other_stops(filled, elasticsearch_client, index_prefix):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    first = entries().backend.rebuilder_class(entries())
    new = first.start()
    filling.fill()
    batch = {row.document: row for row in SearchEntry.objects.all()}
    assert new.write([new.building_name], batch, dict.fromkeys(batch, 0)) == set()
    assert len(indexes(elasticsearch_client, index_prefix)) == 1


def test_what_changes_while_an_index_is_filled_is_in_it(filled, elasticsearch_client, monkeypatch):
    """Changed after it was read, deleted after it was read, added after the end was reached."""
    hearing = hearing_pair().hearing
    changed, gone = (
        CommentFactory(participation=hearing, original_text="Kirjasto kiinni.") for _ in range(2)
    )
    filling.bring()
    read = filling._all_entries

    def read_and_change():
        for batch in read():
            changed.public_text = "Uimahalli kiinni."
            indexing.contribution_changed(changed)
            gone.moderation_state = ModerationState.HIDDEN
            indexing.contribution_changed(gone)
            filling.bring()
            yield batch
        CommentFactory(participation=hearing, original_text="Kirjasto auki.")
        filling.bring()

    monkeypatch.setattr(filling, "_all_entries", read_and_change)
    filling.fill()
    assert not comparing.compare()
    assert len(found(elasticsearch_client, "kirjasto", "exact")) == 1
    assert found(elasticsearch_client, "uimahalli", "exact") == [document_of(changed)]


@pytest.mark.django_db(transaction=True)
def test_search_is_never_empty_and_loses_nothing_while_others_write(search_server, elasticsearch_client):
    hearing = hearing_pair().hearing
    comments = [CommentFactory(participation=hearing, original_text=f"Kirjasto {n}.") for n in range(40)]
    filling.fill()
    stop, seen, errors = threading.Event(), [], []

    def run(work):
        def loop():
            try:
                number = 0
                while not stop.is_set():
                    work(number)
                    number += 1
            except Exception as error:
                errors.append(error)
            finally:
                connection.close()

        return threading.Thread(target=loop)

    def search(_number):
        answer = elasticsearch_client.search(
            index=place.alias(), query={"term": {"exact": "kirjasto"}}, size=0
        )
        seen.append(answer["hits"]["total"]["value"])

    def write(number):
        comment = comments[number % len(comments)]
        comment.public_text = f"Kirjasto {number} uusi{number}."
        indexing.contribution_changed(comment)
        filling.bring()

    threads = [run(search), run(write)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        filling.fill()
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(seen) == {40}
    filling.bring()
    assert not comparing.compare()
