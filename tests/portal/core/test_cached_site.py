"""The page cache in front of the real site: who is served from it, and what makes a page new."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from participation.hearings.models import Hearing
from participation.processes.models import Part
from portal.core import page_cache
from portal.core.caches import RedisCache
from portal.core.page_cache import purge_on_commit
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory, home

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(language):
    pair = hearing_pair(state="open", fi={"title": "Palvelulupaus"}, sv={"title": "Servicelöfte"})
    return {"fi": pair.fi, "sv": pair.sv}[language]


def test_a_hearing_is_served_again_without_asking_the_database(client, page, django_assert_num_queries):
    first = client.get(page.url)
    assert first.status_code == 200
    assert not first.cookies
    assert first["Cache-Control"] == "no-cache"

    with django_assert_num_queries(0):
        second = client.get(page.url)
    assert second.content == first.content
    assert second["X-Request-ID"] != first["X-Request-ID"]
    for header in (
        "Content-Security-Policy",
        "Content-Language",
        "X-Content-Type-Options",
        "Referrer-Policy",
    ):
        assert second[header] == first[header]


def test_the_front_page_too(client, language, django_assert_num_queries):
    address = home(language).url
    assert not client.get(address).cookies
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_marks_of_those_who_share_links_lead_to_the_same_page(client, page, django_assert_num_queries):
    body = client.get(page.url).content
    with django_assert_num_queries(0):
        for number in range(100):
            assert client.get(f"{page.url}?fbclid={number}&{number}=x").content == body


def test_pages_of_comments_are_kept_and_made_up_ones_are_not(client, page, django_assert_num_queries):
    hearing = Hearing.objects.get()
    comments = CommentFactory.create_batch(2, participation=hearing)
    part = Part.objects.filter(participation=hearing).first()
    named = {"older": comments[1], "newer": comments[0], "reply": comments[0], "part": part}
    for name, thing in named.items():
        body = client.get(page.url, {name: thing.public_id}).content
        with django_assert_num_queries(0):
            assert client.get(page.url, {name: thing.public_id}).content == body
    for name in named:
        made_up = {name: uuid.uuid4()}
        client.get(page.url, made_up)
        with CaptureQueriesContext(connection) as asked:
            client.get(page.url, made_up)
        assert len(asked) > 0, f"{name} of nothing was kept"


def test_the_rest_of_a_thread_is_kept_too(client, language, django_assert_num_queries):
    hearing = hearing_pair(state="open").hearing
    root = CommentFactory(participation=hearing)
    first, _second = CommentFactory.create_batch(2, participation=hearing, parent=root)
    address = reverse("hearings:thread", args=[root.public_id])
    client.get(address, {"after": first.public_id})
    with django_assert_num_queries(0):
        answer = client.get(address, {"after": first.public_id, "x": "muu"}).content.decode()
    assert "muu" not in answer


def test_a_published_change_is_on_the_next_page(client, page, django_capture_on_commit_callbacks):
    client.get(page.url)
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Uusi nimi"
        page.save_revision().publish()

    assert "Uusi nimi" in client.get(page.url).content.decode()


def unpublish(page):
    page.unpublish()


def delete(page):
    page.delete()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@pytest.mark.parametrize("change", [unpublish, delete, restrict])
def test_a_page_that_has_gone_is_gone_at_once(client, language, change, django_capture_on_commit_callbacks):
    page = ContentPageFactory(language=language)
    assert client.get(page.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        change(page)

    assert client.get(page.url).status_code != 200


def test_nobody_logged_in_leaves_anything_for_others(client, page, django_user_model):
    user = django_user_model.objects.create_superuser(
        "admin@example.fi", "a long password", name="Ylläpitäjä"
    )
    client.force_login(user)
    assert "private" in client.get(page.url)["Cache-Control"]
    client.logout()
    client.cookies.clear()

    anonymous = client.get(page.url).content.decode()
    assert "Ylläpitäjä" not in anonymous
    assert "admin@example.fi" not in anonymous


def test_a_cache_that_is_down_takes_nothing_with_it(
    client, page, settings, django_capture_on_commit_callbacks
):
    settings.CACHES = {
        "default": {"BACKEND": "portal.core.caches.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    with django_capture_on_commit_callbacks(execute=True):
        purge_on_commit()

    assert client.get(page.url).status_code == 200
    assert client.get("/cms/", follow=True).status_code == 200
    page_cache._purge_owed.clear()
    RedisCache.paused_until = 0.0
