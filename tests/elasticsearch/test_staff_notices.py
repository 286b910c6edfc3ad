"""What the administration's front page says of the search: who answers, what waits, what the night found."""

import datetime as dt

import pytest
from django.utils import timezone

from portal.search.backends.elastic import entries, place
from portal.search.models import PendingDocument, SearchEntry
from portal.search.services import checking, filling
from tests.elasticsearch.bringing import run_push
from tests.elasticsearch.misbehaving import PASS, Order
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db


def front_page_of(client, user):
    """Call what this gives, and it is the front page as that member of staff sees it now."""
    client.force_login(user)
    client.cookies["django_language"] = user.language
    return lambda: client.get("/cms/").content.decode()


@pytest.mark.parametrize(
    ("language", "since", "waits"),
    [
        ("fi", "Hakupalvelin ei ole toiminut", "1 muutos odottaa"),
        ("sv", "Sökservern har inte fungerat sedan", "1 ändring väntar"),
    ],
)
def test_staff_see_that_the_database_answers_since_when_and_what_is_owed(
    behind, ask, client, language, since, waits
):
    said = front_page_of(client, UserFactory(official=True, language=language))
    behind.order = Order(refuse=True)
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    PendingDocument.objects.exclude(document__startswith="comment").delete()
    ask("kirjasto")
    html = said()
    assert since in html
    assert waits in html
    behind.order = PASS
    run_push()
    html = said()
    assert since not in html
    assert waits not in html


@pytest.mark.parametrize(
    ("language", "late", "missed"),
    [
        ("fi", "ei ole viety hakupalvelimelle", "Muuttuneita sisältöjä ei löydy"),
        ("sv", "har inte förts till sökservern", "hittas inte i sökningen"),
    ],
)
def test_staff_see_that_changes_have_waited_though_the_server_is_well(behind, client, language, late, missed):
    """A worker that is stopped brings nothing; nobody is told by a failure."""
    said = front_page_of(client, UserFactory(official=True, language=language))
    CommentFactory(participation=hearing_pair().hearing, original_text="Kirjasto auki.")
    assert late not in said()
    PendingDocument.objects.update(at=timezone.now() - dt.timedelta(minutes=10))
    html = said()
    assert late in html
    assert missed in html
    run_push()
    assert late not in said()


@pytest.mark.parametrize(
    ("language", "nothing", "mended"),
    [
        ("fi", "eroja ei ollut", "2 eroa, jotka korjattiin"),
        ("sv", "inga avvikelser hittades", "2 avvikelser hittades och rättades"),
    ],
)
def test_staff_see_what_the_night_found(behind, client, language, nothing, mended):
    said = front_page_of(client, UserFactory(editor=True, language=language))
    filling.bring()
    checking.check(repair=True)
    assert nothing in said()
    documents = list(SearchEntry.objects.values_list("document", flat=True)[:2])
    entries().write([place.alias()], {}, dict.fromkeys(documents, 10**9))
    entries().refresh()
    checking.check(repair=True)
    assert mended in said()
