"""Settings of the search server that cannot be meant; a server that was never filled is not asked."""

import pytest

from portal.search.checks import check_search_server
from portal.search.models import SearchServer
from portal.search.services import server
from tests.factories.hearings import CommentFactory, hearing_pair


@pytest.fixture
def named(settings):
    settings.SEARCH_URL = "https://user:pass%40word@search.example.fi:9200"
    return settings


def said():
    return " ".join(error.msg for error in check_search_server())


def test_settings_that_can_be_meant_are_passed(named):
    assert said() == ""
    named.SEARCH_URL = ""
    assert said() == ""


@pytest.mark.parametrize(
    ("name", "value", "mistake"),
    [
        ("SEARCH_URL", "search.example.fi:9200", "give https://host:9200"),
        ("SEARCH_URL", "ftp://user:pass@search.example.fi", "give https://host:9200"),
        ("SEARCH_API_KEY", "key", "give one of them"),
        ("SEARCH_CA_FILE", "/nowhere/ca.crt", "/nowhere/ca.crt, which is no file"),
        ("SEARCH_INDEX_PREFIX", "Portal*", "'Portal*'"),
        ("SEARCH_INDEX_PREFIX", "", "''"),
        ("SEARCH_TIMEOUT_SECONDS", 0, "not above 0"),
    ],
)
def test_a_mistake_is_named_without_the_password(named, name, value, mistake):
    setattr(named, name, value)
    assert mistake in said()
    assert "pass" not in said()


@pytest.mark.both
@pytest.mark.django_db
def test_a_server_that_was_named_and_never_filled_is_not_asked(settings, client):
    settings.SEARCH_URL = "http://127.0.0.1:9"
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    assert client.get("/fi/haku/", {"q": "kirjasto"}).context["results"].total == 1
    assert not SearchServer.objects.exists()


@pytest.mark.both
@pytest.mark.django_db
def test_the_account_of_the_address_stays_out_of_what_is_remembered(named):
    server.filled()
    assert "user" not in server.known().place
    assert "word" not in server.known().place


def test_name_and_password_are_taken_as_they_are_meant(named):
    from portal.search.backends.elastic.client import search_backend

    assert "basic_auth" not in repr(search_backend().hosts)
    header = search_backend().es._headers["authorization"]
    assert header == "Basic dXNlcjpwYXNzQHdvcmQ="
