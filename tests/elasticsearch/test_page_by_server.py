"""What is promised of the search page, promised with the server: every test of it once more.

Whatever was written is brought before a page is asked for, as a worker would have done by then.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.search.services import filling
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.portal.search.test_search_page import *  # noqa: F403

pytestmark = pytest.mark.django_db


class Bringing(Client):
    def get(self, *args, **kwargs):
        filling.bring()
        return super().get(*args, **kwargs)


@pytest.fixture
def client(filled, asked):
    yield Bringing()
    assert "database" not in asked


def test_a_page_asks_the_database_a_constant_number_of_times(client):
    """What the server counts and orders, the database is not asked; what it owes, it is."""
    hearing = hearing_pair().hearing
    CommentFactory(participation=hearing, original_text="Uimahalli.")
    client.get("/fi/haku/", {"q": "uimahalli"})

    def statements(**query):
        filling.bring()
        with CaptureQueriesContext(connection) as captured:
            Client.get(client, "/fi/haku/", query)
        return len(captured)

    empty, few = statements(), statements(q="uimahalli")
    for number in range(30):
        CommentFactory(participation=hearing, original_text=f"Uimahalli {number}.")
    assert statements(q="uimahalli") == few <= empty + 8
