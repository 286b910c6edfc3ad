"""A hearing's page for a signed-in reader, and posting a comment: statements and times on PostgreSQL."""

import datetime as dt
import statistics
import time

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from portal.core.form_stamp import form_stamp
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory, index
from tests.factories.processes import authority
from tests.participation.hearings.test_query_counts import filled_hearing, many_more, statements

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]
TIMES = 15


def milliseconds(client, url: str) -> float:
    """The median of several requests, the first ones not counted."""
    taken = []
    for _ in range(TIMES + 3):
        begun = time.perf_counter()
        assert client.get(url).status_code == 200
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[3:])


def test_signed_in_page(client, on_postgresql, figure):
    pair = filled_hearing()
    empty = ContentPageFactory(parent=index("planning", "fi"))
    client.force_login(UserFactory())
    for page in (empty, pair.fi):
        client.get(page.url)
    base = len(statements(lambda: client.get(empty.url)))
    few = len(statements(lambda: client.get(pair.fi.url)))
    time_few = milliseconds(client, pair.fi.url)
    many_more(pair, 100_000)
    cache.clear()
    client.get(pair.fi.url)
    many = len(statements(lambda: client.get(pair.fi.url)))
    time_many = milliseconds(client, pair.fi.url)
    work = "Hearing page, 20 threads × 5 replies, signed in"
    figure(work, f"{few} statements", "≤ 10 above an empty page", few - base <= 10, f"{base} statements")
    figure(f"{work}, 100,000 comments", f"{many} statements", "the same", many == few, f"{few} statements")
    figure(
        f"{work}, 100,000 comments",
        f"{time_many:.0f} ms",
        "≤ 1.5× the time",
        time_many <= 1.5 * time_few,
        f"{time_few:.0f} ms at 120",
    )


def test_posting(client, on_postgresql, figure):
    pair = hearing_pair(at_once=True)
    authority()
    parent = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1), tick=False):
        stamp = form_stamp()
    with translation.override("fi"):
        target = reverse("hearings:comment", args=[pair.hearing.public_id])
    data = {"stamp": stamp, "language": "fi", "municipality": "091"}
    sendings = {
        "on a section": {"part": str(pair.parts[0].public_id), "text": "Kirjoitan tästä asiasta."},
        "as a reply": {"reply": str(parent.public_id), "text": "Vastaan tähän."},
    }
    for name, changes in sendings.items():
        found = statements(lambda c=changes: client.post(target, data | c, HTTP_ORIGIN="http://testserver"))
        figure(f"Posting a comment {name}", f"{len(found)} statements", "≤ 12", len(found) <= 12)
