"""A hearing whose pages not everybody sees takes comments, supports and reports from those who do."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from participation.hearings.models import Comment, Support
from participation.moderation.models import AbuseReport
from portal.core.form_stamp import form_stamp
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
SAVED_WORD = "Kirjoitin tämän huolella."
KINDS = [PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS, PageViewRestriction.LOGIN]


def url(name, *args):
    with translation.override("fi"):
        return reverse(f"hearings:{name}", args=args)


def restrict(page, kind):
    made = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="sana")
    made.groups.add(Group.objects.get_or_create(name="Lukijaryhmä")[0])
    return made


@pytest.fixture
def pair():
    authority()
    return hearing_pair(at_once=True)


@pytest.fixture
def comment(pair):
    return CommentFactory(participation=pair.hearing, part=pair.parts[0])


def send(client, pair, **changes):
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1), tick=False):
        stamp = form_stamp()
    data = {"stamp": stamp, "part": "", "text": SAVED_WORD, "language": "fi"} | changes
    return client.post(url("comment", pair.hearing.public_id), data, **ORIGIN)


def everything(client, pair, comment):
    """All that can be done with a hearing and a comment of it, as status codes."""
    return {
        "post": send(client, pair).status_code,
        "post easy": client.post(url("comment_easy", pair.hearing.public_id), {}, **ORIGIN).status_code,
        "form": client.get(url("comment", pair.hearing.public_id)).status_code,
        "support": client.post(url("support", comment.public_id), **ORIGIN).status_code,
        "report form": client.get(url("report_comment", comment.public_id)).status_code,
        "report": client.post(
            url("report_comment", comment.public_id), {"reason": "insults"}, **ORIGIN
        ).status_code,
        "thread": client.get(url("thread", comment.public_id)).status_code,
        "lasting": client.get(f"/o/{pair.hearing.public_id}").status_code,
        "lasting comment": client.get(f"/o/{comment.public_id}").status_code,
    }


ANSWERED = {
    "post": 303,
    "post easy": 422,
    "form": 302,
    "support": 303,
    "report form": 200,
    "report": 303,
    "thread": 200,
    "lasting": 302,
    "lasting comment": 302,
}
NOTHING = dict.fromkeys(ANSWERED, 404)


def nothing_was_kept():
    return not (
        Comment.objects.filter(original_text=SAVED_WORD).exists()
        or Support.objects.exists()
        or AbuseReport.objects.exists()
    )


def test_public_pages_take_everything(client, pair, comment):
    assert everything(client, pair, comment) == ANSWERED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("above", [False, True])
def test_whoever_may_not_see_the_pages_finds_nothing(client, pair, comment, kind, above):
    for page in (pair.fi, pair.sv):
        restrict(page.get_parent() if above else page, kind)
    assert everything(client, pair, comment) == NOTHING
    assert nothing_was_kept()


def test_being_logged_in_is_not_being_of_the_group(client, pair, comment):
    for page in (pair.fi, pair.sv):
        restrict(page, PageViewRestriction.GROUPS)
    client.force_login(UserFactory())
    assert everything(client, pair, comment) == NOTHING
    assert nothing_was_kept()


def test_pages_that_are_not_live_take_nothing(client, pair, comment):
    for page in (pair.fi, pair.sv):
        page.unpublish()
    assert everything(client, pair, comment) == NOTHING
    assert nothing_was_kept()


def logged_in(client, restrictions):
    client.force_login(UserFactory())


def of_the_group(client, restrictions):
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Lukijaryhmä"))
    client.force_login(user)


def knowing_the_word(client, restrictions):
    for restriction in restrictions:
        address = reverse(
            "wagtailcore_authenticate_with_password", args=[restriction.pk, restriction.page_id]
        )
        client.post(address, {"password": "sana", "return_url": "/fi/"})


@pytest.mark.parametrize(
    ("kind", "reader"), [*zip(KINDS, [knowing_the_word, of_the_group, logged_in], strict=True)]
)
def test_whoever_may_see_the_pages_may_do_everything(client, pair, comment, kind, reader):
    restrictions = [restrict(page, kind) for page in (pair.fi, pair.sv)]
    reader(client, restrictions)
    assert everything(client, pair, comment) == ANSWERED
    assert Comment.objects.filter(original_text=SAVED_WORD).exists()


def test_a_reader_of_a_private_page_loses_nothing_to_an_error(client, pair):
    for page in (pair.fi, pair.sv):
        restrict(page, PageViewRestriction.LOGIN)
    logged_in(client, [])
    response = send(client, pair, email="ei-osoite")
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()


def test_one_public_language_is_enough(client, pair, comment):
    restrict(pair.fi, PageViewRestriction.LOGIN)
    assert everything(client, pair, comment) == ANSWERED
    assert client.get(f"/o/{pair.hearing.public_id}")["Location"] == pair.sv.url


def test_what_was_written_for_a_page_made_private_is_shown_back(client, pair):
    for page in (pair.fi, pair.sv):
        restrict(page, PageViewRestriction.LOGIN)
    assert SAVED_WORD in send(client, pair).content.decode()
