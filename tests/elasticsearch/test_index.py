"""The index: what it is made of, how it is filled and swapped, how changes come into it."""

import uuid

import pytest
from django.utils import timezone

from portal.search.backends.elastic import entries, index, place
from portal.search.backends.failures import ServerFailed
from portal.search.models import PendingDocument, SearchEntry, SearchServer
from portal.search.services import filling, indexing, pushing, server
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
    document = document_of(bad)
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


# What the database knows of it


def test_the_server_is_not_asked_before_it_is_filled_nor_at_another_place(search_server, settings):
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
