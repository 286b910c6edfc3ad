"""Searching with the server: settings that name it, and its index filled."""

import datetime as dt

import pytest

from portal.search.backends.database import DatabaseBackend
from portal.search.backends.elastic.backend import ElasticBackend
from portal.search.services import filling, server
from tests.factories.hearings import CommentFactory, hearing_pair

PATHS = {"fi": "/fi/haku/", "sv": "/sv/sok/"}


@pytest.fixture
def filled(search_server, db):
    """The index is there, and what is written from now on is owed to it."""
    filling.fill()
    return search_server


@pytest.fixture
def behind(search_server, misbehaving, monkeypatch):
    """The server behind a proxy that passes everything on, filled with one comment.

    Pauses end when a test says so, however slow the machine is.
    """
    monkeypatch.setattr(server, "PAUSE", dt.timedelta(minutes=5))
    monkeypatch.setattr(server, "LONG_PAUSE", dt.timedelta(minutes=30))
    search_server.SEARCH_URL = misbehaving.url
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto kiinni.")
    filling.fill()
    return misbehaving


@pytest.fixture
def asked(monkeypatch):
    """Names of the backends that were asked, in order."""
    names = []
    for name, backend in {"database": DatabaseBackend, "elasticsearch": ElasticBackend}.items():
        for method in ("cells", "page", "titles"):
            original = getattr(backend, method)

            def spy(self, *args, _original=original, _name=name, **kwargs):
                names.append(_name)
                return _original(self, *args, **kwargs)

            monkeypatch.setattr(backend, method, spy)
    return names


@pytest.fixture
def ask(client):
    """The results of a question, as the page has them."""

    def ask(text, site="fi", **more):
        response = client.get(PATHS[site], {"q": text, **more})
        assert response.status_code == 200
        return response.context["results"]

    return ask
