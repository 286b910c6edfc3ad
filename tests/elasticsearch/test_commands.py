"""`search_check` and `rebuild_search`: what they find, name and mend on the server."""

import pytest
from django.core.management import CommandError, call_command

from portal.search.backends.elastic import entries, place
from portal.search.models import IndexCheck, PendingDocument, SearchEntry, SearchServer
from portal.search.services import checking, comparing, filling, pushing, server
from tests.elasticsearch.misbehaving import Order
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db
NEWER = 10**9


@pytest.fixture
def three(filled):
    """Documents of three comments that the server has."""
    hearing = hearing_pair().hearing
    for number in range(3):
        CommentFactory(participation=hearing, original_text=f"Kirjasto {number}.")
    filling.bring()
    return list(SearchEntry.objects.filter(kind="comment").order_by("pk").values_list("document", flat=True))


def damage(documents):
    """One is missing, one is of nobody, one differs; what the server has is newer than any change."""
    lost, _same, other = documents
    name, held = [place.alias()], SearchEntry.objects.get(document=other)
    held.digest = "0" * 32
    stranger = SearchEntry.objects.get(document=lost)
    stranger.document = lost.replace("comment:", "ghost:")
    entries().write(name, {}, {lost: NEWER})
    entries().write(
        name, {other: held, stranger.document: stranger}, {other: NEWER, stranger.document: NEWER}
    )
    entries().refresh()


def test_an_index_that_agrees_is_said_to(three, capsys):
    call_command("search_check")
    number = SearchEntry.objects.count()
    assert f"server: {number} compared, 0 missing, 0 extra, 0 different" in capsys.readouterr().out


def test_a_difference_is_named_and_left(three, capsys):
    damage(three)
    with pytest.raises(CommandError, match="search_check --repair"):
        call_command("search_check")
    said = capsys.readouterr().out
    assert "1 missing, 1 extra, 1 different\n" in said
    lost, _same, other = three
    stranger = lost.replace("comment:", "ghost:")
    for line in (f"  missing: {lost}\n", f"  extra: {stranger}\n", f"  different: {other}\n"):
        assert line in said
    assert comparing.compare()


def test_repair_mends_even_what_the_server_thinks_is_newer(three, capsys):
    damage(three)
    call_command("search_check", "--repair")
    assert "1 missing, 1 extra, 1 different, repaired" in capsys.readouterr().out
    assert not comparing.compare()
    assert not PendingDocument.objects.exists()


def test_what_is_owed_is_no_difference(three):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    assert not comparing.compare()


def test_repair_brings_what_can_be_brought_without_filling_anew(three, elasticsearch_client):
    before = elasticsearch_client.indices.get_alias(name=place.alias()).body
    SearchEntry.objects.filter(document=three[0]).update(digest="1" * 32)
    assert comparing.compare(repair=True).different == 1
    assert not comparing.compare()
    assert elasticsearch_client.indices.get_alias(name=place.alias()).body == before


def test_a_server_that_is_away_is_said_to_be_and_the_rest_is_compared(search_server, misbehaving):
    search_server.SEARCH_URL = misbehaving.url
    filling.fill()
    misbehaving.order = Order(refuse=True)
    with pytest.raises(CommandError, match="could not be compared"):
        call_command("search_check", "--repair")
    assert set(IndexCheck.objects.values_list("index", flat=True)) == {"entries", "staff"}
    assert server.known().failing_since is not None


def test_rebuild_fills_a_new_server_and_mends_one_that_is_filled(search_server, capsys):
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    PendingDocument.objects.all().delete()
    call_command("rebuild_search")
    number = SearchEntry.objects.count()
    assert f"{number} on the search server: {number} written, 0 removed" in capsys.readouterr().out
    assert server.take_turn() == ([], False)
    call_command("rebuild_search")
    assert f"{number} on the search server: 0 written, 0 removed" in capsys.readouterr().out


def test_rebuild_says_that_the_server_is_away_after_the_database_is_done(search_server, misbehaving, capsys):
    search_server.SEARCH_URL = misbehaving.url
    misbehaving.order = Order(refuse=True)
    with pytest.raises(CommandError, match="the search server has not taken everything"):
        call_command("rebuild_search")
    assert f"{SearchEntry.objects.count()} entries" in capsys.readouterr().out


def test_a_database_from_a_backup_is_brought_to_a_server_that_is_ahead_of_it(three, elasticsearch_client):
    """Notes are numbered from where the backup was: the server would keep what it has."""
    comment = CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    document = SearchEntry.objects.get(contribution=comment).document
    filling.bring()
    entries().write([place.alias()], {}, {document: NEWER})
    pushing.owe([document])
    filling.bring()
    assert checking.check(repair=True)[checking.SERVER].missing == 1
    assert not comparing.compare()


def test_nothing_is_compared_where_no_server_is_named(settings, capsys):
    settings.SEARCH_URL = ""
    call_command("search_check")
    assert "server" not in capsys.readouterr().out
    assert not SearchServer.objects.exists()
