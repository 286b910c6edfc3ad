"""Bars of the page and of posting, counted in statements; times at 100,000 comments are in `make bench`."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from participation.hearings.models import Comment
from participation.processes.models import Contribution
from portal.core.form_stamp import form_stamp
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory, index
from tests.factories.processes import (
    AttachmentFactory,
    ContactPersonFactory,
    ParticipationActFactory,
    authority,
)

pytestmark = pytest.mark.django_db
ABOVE_AN_EMPTY_PAGE = 10
POSTING = 12
FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        response = act()
    assert response.status_code in (200, 303), response.status_code
    return [query["sql"] for query in captured if not query["sql"].startswith(FRAME)]


def filled_hearing():
    """Everything a page can have but pictures, and twenty threads with five replies each."""
    pair = hearing_pair(at_once=True)
    authority()
    AttachmentFactory(participation=pair.hearing)
    AttachmentFactory(participation=pair.hearing, part=pair.parts[0], language="sv")
    ParticipationActFactory(participation=pair.hearing)
    pair.hearing.contact_persons.add(ContactPersonFactory(), ContactPersonFactory())
    for number in range(20):
        root = CommentFactory(participation=pair.hearing, part=pair.parts[number % 2])
        for _reply in range(5):
            CommentFactory(participation=pair.hearing, part=root.part, parent=root)
    return pair


def many_more(pair, count):
    """Older threads by the thousand, straight into the tables."""
    first = CommentFactory(participation=pair.hearing)
    columns = [field.column for field in Contribution._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{column}"' for column in columns)
    changed = {
        "public_id": "gen_random_uuid()",
        "submission_key": "'many-' || series",
        "received_at": "received_at - series * interval '1 second' - interval '1 day'",
    }
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    parent, child = Contribution._meta.db_table, Comment._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH rows AS (INSERT INTO {parent} ({names}) SELECT {values} "
            f"FROM {parent}, generate_series(1, %s) AS series WHERE id = %s RETURNING id) "
            f"INSERT INTO {child} (contribution_ptr_id, support_count) SELECT id, 0 FROM rows",
            [count, first.pk],
        )
        cursor.execute("ANALYZE")


def test_a_hearing_costs_ten_statements_above_an_empty_page(client, on_postgresql):
    pair = filled_hearing()
    other = index("planning", "fi")
    empty = ContentPageFactory(parent=other)
    client.force_login(UserFactory())
    for page in (empty, pair.fi):
        client.get(page.url)
    base = statements(lambda: client.get(empty.url))
    small = statements(lambda: client.get(pair.fi.url))
    assert len(small) - len(base) <= ABOVE_AN_EMPTY_PAGE, "\n".join(small)
    many_more(pair, 2000)
    large = statements(lambda: client.get(pair.fi.url))
    assert len(large) == len(small)


def test_the_page_of_visitors_is_kept_whole(client):
    pair = filled_hearing()
    client.get(pair.fi.url)
    assert statements(lambda: client.get(pair.fi.url)) == []


@pytest.mark.parametrize("logged_in", [False, True])
def test_posting_costs_twelve_statements(client, on_postgresql, logged_in):
    pair = hearing_pair(at_once=True)
    authority()
    parent = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    if logged_in:
        client.force_login(UserFactory())
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1), tick=False):
        stamp = form_stamp()
    with translation.override("fi"):
        target = reverse("hearings:comment", args=[pair.hearing.public_id])

    def send(**changes):
        data = {"stamp": stamp, "text": "Kirjoitan tästä asiasta.", "language": "fi", "municipality": "091"}
        return client.post(target, data | changes, HTTP_ORIGIN="http://testserver")

    on_section = statements(lambda: send(part=str(pair.parts[0].public_id)))
    assert len(on_section) <= POSTING, "\n".join(one[:150] for one in on_section)
    as_reply = statements(lambda: send(reply=str(parent.public_id), text="Vastaan tähän."))
    assert len(as_reply) <= POSTING, "\n".join(as_reply)
