"""Entries are written from rows that nobody changes meanwhile."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from portal.search.models import SearchEntry
from portal.search.services import indexing
from tests.factories.accounts import OrganisationFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import InformationPageFactory

pytestmark = pytest.mark.usefixtures("on_postgresql")


@pytest.mark.django_db(transaction=True)
def test_a_page_that_somebody_is_changing_is_left_to_them():
    """The repair would write what it has read over what is published the next moment."""
    page = InformationPageFactory(title="Silta")
    SearchEntry.objects.filter(page=page.pk).update(digest="x")
    held, done = threading.Event(), threading.Event()

    def change():
        with transaction.atomic():
            Page.objects.select_for_update().get(pk=page.pk)
            held.set()
            done.wait(20)
        connection.close()

    other = threading.Thread(target=change)
    other.start()
    held.wait(20)
    try:
        indexing.mend_page(page.pk)
        assert SearchEntry.objects.get(page=page.pk).digest == "x"
    finally:
        done.set()
        other.join()
    indexing.mend_page(page.pk)
    assert SearchEntry.objects.get(page=page.pk).digest != "x"


@pytest.mark.django_db
def test_contributions_of_a_renamed_organisation_are_read_under_their_locks():
    organisation = OrganisationFactory(name_fi="Yhdistys")
    CommentFactory(participation=hearing_pair().hearing, organisation=organisation)
    organisation.name_fi = "Seura"
    with CaptureQueriesContext(connection) as asked:
        organisation.save()
    assert any("FOR NO KEY UPDATE" in query["sql"] for query in asked)
    assert SearchEntry.objects.filter(kind="comment", exact__contains=" seura ").exists()
