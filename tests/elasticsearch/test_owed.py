"""What the server has not heard of yet is in none of its answers: the worker stands still in these tests."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from participation.moderation.enums import Reason
from participation.moderation.services import hide
from portal.search.models import PendingDocument
from portal.search.services import filling, server, word_list
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import index
from tests.portal.search import test_search_page as promised

pytestmark = pytest.mark.django_db


class BringingOnce(Client):
    """The worker brings everything before the first page, and then stands still."""

    has_brought = False

    def get(self, *args, **kwargs):
        if not self.has_brought:
            filling.bring()
            self.has_brought = True
        return super().get(*args, **kwargs)


@pytest.fixture
def client(filled, asked):
    yield BringingOnce()
    assert set(asked) == {"elasticsearch"}


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "removed", "destroyed", "redacted"])
def test_a_comment_that_goes_is_not_found_though_the_server_has_it(client, ask, way):
    promised.test_a_comment_that_goes_is_not_found_from_that_moment(client, ask, way)
    assert PendingDocument.objects.count() == 1


@pytest.mark.parametrize("way", ["unpublished", "deleted", "private", "moved"])
def test_a_page_that_goes_is_not_found_though_the_server_has_it(client, ask, way):
    promised.test_a_page_that_goes_takes_everything_of_its_own_with_it(client, ask, way)


def test_what_goes_is_in_no_number_of_a_page_that_stays(client, ask):
    hearing = hearing_pair().hearing
    one, other = (CommentFactory(participation=hearing, original_text="Kanarialintu.") for _ in "12")
    assert ask("kanarialintu").total == 2
    hide(contribution=one, actor=UserFactory(moderator=True), reason=Reason.values[0])
    results = ask("kanarialintu")
    assert (results.total, results.found, len(results.results)) == (1, 1, 1)
    assert {option.entries for options in results.facets.values() for option in options} == {1}
    feed = client.get("/fi/haku/syote/", {"q": "kanarialintu"}).content.decode()
    assert feed.count("<item>") == 1
    assert str(other.public_id) in feed


def test_a_title_that_changed_is_suggested_neither_old_nor_new_until_it_is_brought(client, ask):
    pair = hearing_pair(fi={"title": "Kanarialintu"})
    assert client.get("/fi/haku/ehdotukset/", {"q": "kana"}).json() == {"titles": ["Kanarialintu"]}
    page = Page.objects.get(pk=pair.fi.pk).specific
    page.title = "Kalasatama"
    page.save_revision().publish()
    for typed in ("kana", "kala"):
        assert client.get("/fi/haku/ehdotukset/", {"q": typed}).json() == {"titles": []}
    filling.bring()
    assert client.get("/fi/haku/ehdotukset/", {"q": "kala"}).json() == {"titles": ["Kalasatama"]}


def test_what_goes_is_no_better_word(client, ask):
    """The word list is an hour old, and what it knew has been hidden since."""
    hearing = hearing_pair().hearing
    comments = [CommentFactory(participation=hearing, original_text="Kanarialintu laulaa.") for _ in "12345"]
    word_list.make_word_list()
    assert ask("kanarialnitu").better == "kanarialintu"
    for one in comments:
        hide(contribution=one, actor=UserFactory(moderator=True), reason=Reason.values[0])
    assert ask("kanarialnitu").better == ""


def test_what_an_index_gives_without_owing_it_is_refused_and_counted_nowhere(client, ask):
    """An index from a backup, or one that somebody else has written to."""
    hearing = hearing_pair().hearing
    one, _other = (CommentFactory(participation=hearing, original_text="Kanarialintu.") for _ in "12")
    assert ask("kanarialintu").total == 2
    hide(contribution=one, actor=UserFactory(moderator=True), reason=Reason.values[0])
    PendingDocument.objects.all().delete()
    results = ask("kanarialintu")
    assert (results.total, len(results.results)) == (1, 1)


def test_with_too_much_owed_the_database_answers(filled, asked, monkeypatch):
    hearing = hearing_pair().hearing
    filling.bring()
    for _ in range(4):
        CommentFactory(participation=hearing, original_text="Kanarialintu.")
    monkeypatch.setattr(server, "MOST_OWED", 3)
    assert Client().get("/fi/haku/", {"q": "kanarialintu"}).context["results"].total == 4
    assert set(asked) == {"database"}


def test_a_page_under_a_private_one_is_not_found_by_anybody(client, ask):
    pair = hearing_pair(fi={"title": "Kanarialintu"})
    assert ask("kanarialintu").total == 1
    PageViewRestriction.objects.create(page=index("decision", "fi"), restriction_type="login")
    assert ask("kanarialintu").total == 0
    assert pair.fi.live
