"""The database's index beside what it is made of: differences are found, named and mended."""

import pytest
from django.core.management import CommandError, call_command

from participation.processes.models import Contribution
from portal.search.models import SearchEntry, StaffSearchEntry
from portal.search.services import difference, rebuilding
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_index_is_compared_with_its_sources_and_mended(client):
    hearing = hearing_pair().hearing
    CommentFactory(participation=hearing, original_text="Silta.")
    assert not rebuilding.compare_entries()
    entry = SearchEntry.objects.get(kind="comment")
    SearchEntry.objects.filter(pk=entry.pk).update(exact=" vale ", base="=vale", digest="x")
    lost = SearchEntry.objects.filter(kind="section").first()
    lost.delete()
    SearchEntry.objects.filter(kind="hearing", language="sv").update(document="hearing:gone:sv")

    found = rebuilding.compare_entries(repair=True)

    assert (found.missing, found.extra, found.different) == (2, 1, 1)
    assert lost.document in found.names["missing"]
    assert found.names["extra"] == ["hearing:gone:sv"]
    assert not rebuilding.compare_entries()
    assert client.get("/fi/haku/", {"q": "silta"}).context["results"].total == 1


def test_the_command_names_the_first_of_many_differences(capsys, monkeypatch):
    monkeypatch.setattr(difference, "NAMED", 2)
    hearing = hearing_pair().hearing
    for number in range(3):
        CommentFactory(participation=hearing, original_text=f"Silta {number}.")
    SearchEntry.objects.filter(kind="comment").update(digest="x")
    documents = sorted(SearchEntry.objects.filter(kind="comment").values_list("document", flat=True))
    with pytest.raises(CommandError, match="--repair"):
        call_command("search_check")
    said = capsys.readouterr().out
    assert "0 missing, 0 extra, 3 different" in said
    assert said.count("  different: comment:") == 2
    assert any(one in said for one in documents)
    assert "  different: and 1 more" in said


def test_entries_of_what_is_public_no_more_go_and_those_of_staff_follow_their_rows():
    hearing = hearing_pair().hearing
    kept, hidden, destroyed = (CommentFactory(participation=hearing) for _number in range(3))
    Contribution.objects.filter(pk=hidden.pk).update(moderation_state="hidden")
    Contribution.objects.filter(pk=destroyed.pk).update(
        moderation_state="removed", destroyed_at=destroyed.received_at
    )
    assert rebuilding.compare_staff_entries(repair=True).names == {"extra": [f"contribution:{destroyed.pk}"]}
    assert rebuilding.compare_entries(repair=True).extra == 2
    assert list(SearchEntry.objects.filter(kind="comment").values_list("contribution", flat=True)) == [
        kept.pk
    ]
    held = StaffSearchEntry.objects.values_list("contribution", flat=True)
    assert set(held) == {kept.pk, hidden.pk}
    assert not rebuilding.compare_entries()
    assert not rebuilding.compare_staff_entries()
