"""`/o/<public id>` and reserved addresses."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from portal.core.checks import check_reserved_slugs
from portal.core.reserved import reserved_slugs
from portal.home.models import ContentPage
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return hearing_pair(state="open")


def test_leads_to_the_language_chosen_earlier(client, pair, language):
    client.cookies["ar_language"] = language
    response = client.get(f"/o/{pair.hearing.public_id}")
    assert response.status_code == 302
    assert response["Location"] == pair.page(language).url
    assert "no-store" in response["Cache-Control"]


def test_browsers_language_does_not_choose(client, pair):
    response = client.get(f"/o/{pair.hearing.public_id}", headers={"accept-language": "sv"})
    assert response["Location"] == pair.fi.url


def test_language_that_is_not_live_falls_back(client, pair):
    pair.sv.unpublish()
    client.cookies["ar_language"] = "sv"
    assert client.get(f"/o/{pair.hearing.public_id}")["Location"] == pair.fi.url


def test_comment_leads_to_its_place_on_the_page(client, pair):
    comment = CommentFactory(participation=pair.hearing)
    location = client.get(f"/o/{comment.public_id}")["Location"]
    assert location.startswith(pair.fi.url)
    assert str(comment.public_id) in location


@pytest.mark.parametrize("trait", ["hidden", "pending", "withdrawn", "preparers"])
def test_comment_nobody_may_see_is_not_found(client, pair, trait):
    comment = CommentFactory(participation=pair.hearing, **{trait: True})
    assert client.get(f"/o/{comment.public_id}").status_code == 404


def test_unknown_id_is_not_found(client):
    assert client.get(f"/o/{uuid.uuid4()}").status_code == 404


def test_own_addresses_are_reserved_in_both_languages():
    assert {"tili", "konto"} <= reserved_slugs()


def test_page_cannot_take_a_reserved_address(pair):
    page = ContentPageFactory()
    page.slug = "konto"
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "slug" in refusal.value.message_dict


def test_check_names_a_page_that_took_one_all_the_same(pair):
    page = ContentPageFactory()
    assert check_reserved_slugs(databases=["default"]) == []
    ContentPage.objects.filter(pk=page.pk).update(slug="tili")
    assert [error.id for error in check_reserved_slugs(databases=["default"])] == ["portal_core.E001"]
