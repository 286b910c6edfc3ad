"""The index: what it is made of, how it is filled and swapped, how changes come into it."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from participation.processes.enums import ModerationState
from portal.search.asking import Asked
from portal.search.backends.elastic import entries, index, place
from portal.search.backends.elastic.backend import ElasticBackend
from portal.search.backends.failures import ServerFailed
from portal.search.models import PendingDocument, SearchEntry, SearchServer
from portal.search.reading import read
from portal.search.scope import present_scope
from portal.search.services import comparing, filling, indexing, pushing, server
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db


def found(client, token, field="base"):
    """Documents that the server finds under the name that is asked."""
    name = place.alias()
    client.indices.refresh(index=name)
    hits = client.search(index=name, query={"term": {field: token}}, size=100, sort=["document"])
    return [hit["_id"] for hit in hits["hits"]["hits"]]


def indexes(client, prefix):
    return sorted(client.indices.get(index=f"{prefix}-entries-*"))


def document_of(comment):
    return SearchEntry.objects.get(contribution=comment).document


def straight_in(number, hearing):
    """Entries as the analysis would make them, without making comments."""
    comment = CommentFactory(participation=hearing, original_text="Yksi ainoa.")
    row = SearchEntry.objects.get(contribution=comment)
    now = timezone.now()
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                document=f"comment:{uuid.UUID(int=one)}:fi",
                kind="comment",
                public_id=uuid.UUID(int=one),
                participation_id=hearing.pk,
                contribution_id=comment.pk,
                language="fi",
                form=row.form,
                rank=row.rank,
                dated_at=now,
                passage=f"sana{one}",
                exact=f" kirjasto sana{one} ",
                base=f"=kirjasto =sana{one} @fi",
                digest=f"{one:032}",
            )
            for one in range(number)
        ],
        batch_size=500,
    )


# What it is


def test_fields_hold_our_tokens_and_nothing_is_kept_that_is_not_searched(filled, elasticsearch_client):
    found = elasticsearch_client.indices.get(index=place.alias())
    (held,) = found.values()
    mapping = held["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["_source"] == {"enabled": False}
    assert mapping["_meta"] == {"version": place.VERSION}
    fields = mapping["properties"]
    tokens = {"type": "text", "norms": False, "analyzer": "whitespace"}
    assert fields["exact"] == tokens
    assert fields["base"] == tokens | {"index_options": "docs"}
    assert all("fields" not in field for field in fields.values())
    assert held["settings"]["index"]["gc_deletes"] == "1h"


def test_beginnings_of_titles_keep_their_letters_beside_the_plain_ones(filled, elasticsearch_client):
    """modelsearch's own analyzer gives v, va, var, vard alone, and whoever types vård finds nothing."""
    found = elasticsearch_client.indices.analyze(index=place.alias(), field="title", text="vård")
    assert {token["token"] for token in found["tokens"]} == {"v", "va", "var", "vard", "vå", "vår", "vård"}


def test_saving_writes_to_the_server_neither_by_wagtail_nor_at_once(filled, elasticsearch_client):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    assert found(elasticsearch_client, "=kirjasto") == []
    assert PendingDocument.objects.count() > 0
    from wagtail.search.index import get_indexed_models

    assert SearchEntry not in get_indexed_models()


# What is brought


def test_what_is_owed_is_brought_once_and_in_its_present_state(filled, elasticsearch_client):
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    comment.public_text = "Uimahalli kiinni."
    indexing.contribution_changed(comment)
    filling.bring()
    assert found(elasticsearch_client, "kirjasto", "exact") == []
    assert found(elasticsearch_client, "uimahalli", "exact") == [document_of(comment)]
    assert not PendingDocument.objects.exists()
    assert filling.bring() == 0


def test_what_was_deleted_is_deleted_and_deleting_it_again_does_no_harm(filled, elasticsearch_client):
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    document = document_of(comment)
    filling.bring()
    comment.delete()
    assert PendingDocument.objects.filter(document=document).exists()
    filling.bring()
    assert found(elasticsearch_client, "kirjasto", "exact") == []
    pushing.owe([document])
    filling.bring()
    assert not PendingDocument.objects.exists()


def test_a_deleted_page_goes_with_its_sections(filled, elasticsearch_client):
    pair = hearing_pair(fi={"title": "Metsäpolku"}, sections=2)
    filling.bring()
    gone = set(SearchEntry.objects.filter(page=pair.fi).values_list("document", flat=True))
    assert len(gone) == 3
    pair.fi.delete()
    assert set(PendingDocument.objects.values_list("document", flat=True)) >= gone
    filling.bring()
    left = elasticsearch_client.search(index=place.alias(), query={"terms": {"document": sorted(gone)}})
    assert left["hits"]["hits"] == []


def test_an_older_state_never_replaces_a_newer_one(filled, elasticsearch_client):
    """Of two workers one may be slow: what it read is out of date when it writes."""
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    document = document_of(comment)
    before = {document: SearchEntry.objects.get(document=document)}
    name = [place.alias()]
    assert entries().write(name, {}, {document: 20}) == {document}
    assert entries().write(name, before, {document: 10}) == {document}
    assert found(elasticsearch_client, "kirjasto", "exact") == []
    assert entries().write(name, before, {document: 21}) == {document}
    assert found(elasticsearch_client, "kirjasto", "exact") == [document]


def test_a_note_that_is_made_while_it_is_brought_stays(filled, monkeypatch):
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    document = document_of(comment)
    write = index.EntryIndex.write

    def slow(self, names, states, versions):
        confirmed = write(self, names, states, versions)
        pushing.owe([document])
        return confirmed

    with monkeypatch.context() as patch:
        patch.setattr(index.EntryIndex, "write", slow)
        filling._bring_batch(list(PendingDocument.objects.all()))
    assert list(PendingDocument.objects.values_list("document", flat=True)) == [document]


def test_notes_go_only_after_a_search_would_find_what_they_are_about(filled, monkeypatch):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")

    def fails(self):
        raise ValueError("no refresh")

    monkeypatch.setattr(index.EntryIndex, "refresh", fails)
    with pytest.raises(ServerFailed):
        filling.bring()
    assert PendingDocument.objects.exists()


def test_a_document_that_is_refused_stays_owed_and_keeps_no_other_back(filled, elasticsearch_client):
    hearing = hearing_pair().hearing
    good = CommentFactory(participation=hearing, original_text="Kirjasto kiinni.")
    bad = CommentFactory(participation=hearing, original_text="Kirjasto auki.")
    SearchEntry.objects.filter(contribution=bad).update(kind="k" * 20, digest="d" * 32, rank=3)
    document = document_of(bad)
    # Longer than the server takes as one keyword.
    SearchEntry.objects.filter(contribution=bad).update(exact=f" {'x' * 9} ")
    with pytest.MonkeyPatch.context() as patch:
        whole = index.EntryIndex.write

        def unknown_field(self, names, states, versions):
            mapping = self.mapping_class
            original = mapping.get_document
            patch.setattr(
                mapping,
                "get_document",
                lambda own, obj: original(own, obj) | ({"unknown": 1} if obj.document == document else {}),
            )
            return whole(self, names, states, versions)

        patch.setattr(index.EntryIndex, "write", unknown_field)
        with pytest.raises(filling.NotConfirmed, match=document):
            filling.bring()
    assert set(PendingDocument.objects.values_list("document", flat=True)) == {document}
    assert found(elasticsearch_client, "kirjasto", "exact") == [document_of(good)]


def test_nothing_is_owed_where_no_server_is_named(settings):
    settings.SEARCH_URL = ""
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    assert not PendingDocument.objects.exists()
    assert not pushing.order()


# Filling anew


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
def test_search_is_never_empty_and_loses_nothing_while_others_write(named, elasticsearch_client):
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


# What the database knows of it


def test_the_server_is_not_asked_before_it_is_filled_nor_at_another_place(named, settings):
    assert server.take_turn() is None
    filling.fill()
    assert server.take_turn() == ([], False)
    settings.SEARCH_INDEX_PREFIX += "-other"
    assert server.take_turn() is None


def test_without_a_server_nothing_is_remembered_of_one(filled, settings):
    """Named again later, it would lack what was changed meanwhile."""
    settings.SEARCH_URL = ""
    pushing.keep_up()
    assert not SearchServer.objects.exists()
