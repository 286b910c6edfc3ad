"""Receipts, supports, reports of abuse: what a visitor may do with a comment, and where they are sent."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from participation.hearings.models import Comment, Hearing, Support
from participation.moderation.models import AbuseReport, ReviewRequest
from participation.moderation.services import hide
from participation.processes.receipts import receipt_code
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


def url(name, language="fi", **kwargs):
    with translation.override(language):
        return reverse(f"hearings:{name}", kwargs=kwargs)


def a_comment(**traits):
    return CommentFactory(participation=hearing_pair(at_once=True).hearing, **traits)


def receipt(client, comment, language="fi"):
    return client.get(url("receipt", language, code=receipt_code(comment.public_id)))


def test_a_receipt_is_kept_nowhere_and_told_to_nobody(client, language):
    response = receipt(client, a_comment(original_text="Minun tekstini."), language)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Minun tekstini." in response.content.decode()


def test_a_made_up_or_changed_code_opens_nothing(client):
    code = receipt_code(a_comment().public_id)
    wrong = ("A" if code[-5] != "A" else "B").join((code[:-5], code[-4:]))
    for bad in (wrong, "ABCD", str(Comment.objects.get().public_id)):
        for name in ("receipt", "receipt_easy"):
            assert client.get(url(name, code=bad)).status_code == 404
        for name in ("withdraw", "request_removal", "ask_review"):
            assert client.post(url(name, code=bad), **ORIGIN).status_code == 404
    assert Comment.objects.get().is_public


@pytest.mark.parametrize(("name", "state"), [("withdraw", "withdrawn"), ("request_removal", "removed")])
def test_the_writer_takes_a_comment_back(client, language, name, state):
    comment = a_comment(original_text="Kanarialintu 7419")
    code = receipt_code(comment.public_id)
    response = client.post(url(name, language, code=code), **ORIGIN)
    assert response.status_code == 303
    assert response["Location"] == url("receipt", language, code=code)
    comment.refresh_from_db()
    assert comment.moderation_state == state
    assert comment.original_text
    body = receipt(client, comment, language).content.decode()
    assert "7419" not in body
    assert url("withdraw", language, code=code) not in body


def test_taking_back_needs_a_form_of_this_site(client):
    comment = a_comment()
    target = url("withdraw", code=receipt_code(comment.public_id))
    assert client.get(target).status_code == 405
    assert client.post(target, HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    comment.refresh_from_db()
    assert comment.is_public


def test_a_code_written_by_hand_leads_to_the_receipt(client, language):
    comment = a_comment()
    target = url("find_receipt", language)
    assert client.get(target).status_code == 200
    found = client.post(target, {"code": receipt_code(comment.public_id).lower().replace("-", " ")}, **ORIGIN)
    assert found.status_code == 303
    assert client.get(found["Location"]).status_code == 200
    missed = client.post(target, {"code": "abcd"}, **ORIGIN)
    assert missed.status_code == 422
    assert 'href="#id_code"' in missed.content.decode()


def test_the_writer_asks_for_a_review_of_a_hiding(client, language):
    comment = a_comment()
    target = url("ask_review", language, code=receipt_code(comment.public_id))
    assert target not in receipt(client, comment, language).content.decode()
    hide(contribution=comment, actor=UserFactory(moderator=True), reason="insults")
    assert target in receipt(client, comment, language).content.decode()
    assert client.post(target, {"text": "En loukannut ketään."}, **ORIGIN).status_code == 303
    assert ReviewRequest.objects.get().text == "En loukannut ketään."


def test_a_device_supports_once_and_gets_its_cookie_then(client):
    comment = a_comment()
    target = url("support", comment_id=comment.public_id)
    first = client.post(target, **ORIGIN)
    assert first.status_code == 303
    assert first["Location"].endswith(f"#c-{comment.public_id}")
    assert first.cookies["ar_device"]["httponly"]
    client.post(target, **ORIGIN)
    comment.refresh_from_db()
    assert (comment.support_count, Support.objects.count()) == (1, 1)
    client.post(target, {"undo": "1"}, **ORIGIN)
    comment.refresh_from_db()
    assert (comment.support_count, Support.objects.count()) == (0, 0)


def test_a_person_supports_once_from_any_device(client):
    comment = a_comment()
    user = UserFactory()
    for _device in range(2):
        client.cookies.clear()
        client.force_login(user)
        client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    comment.refresh_from_db()
    assert comment.support_count == 1


def press(client, comment, **data):
    client.post(url("support", comment_id=comment.public_id), data, **ORIGIN)
    comment.refresh_from_db()
    return comment.support_count, Support.objects.filter(comment=comment).count()


def log_out(client):
    """The device stays the same: logging out does not take its cookie."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def test_a_support_given_before_logging_in_becomes_the_accounts(client):
    comment, user = a_comment(), UserFactory()
    assert press(client, comment) == (1, 1)
    client.force_login(user)
    assert press(client, comment) == (1, 1)
    assert Support.objects.get().user == user
    assert press(client, comment, undo="1") == (0, 0)


def test_a_support_given_by_account_is_not_given_again_without_it(client):
    comment = a_comment()
    client.force_login(UserFactory())
    assert press(client, comment) == (1, 1)
    log_out(client)
    assert press(client, comment) == (1, 1)
    assert press(client, comment, undo="1") == (1, 1), "what an account gave its owner takes back"


def test_everybody_with_an_account_supports_from_a_shared_device(client):
    comment = a_comment()
    press(client, comment)
    for number in range(2):
        client.force_login(UserFactory())
        assert press(client, comment) == (1 + number, 1 + number)
        log_out(client)


def test_two_devices_of_one_account_count_once(client):
    comment, user = a_comment(), UserFactory()
    client.force_login(user)
    press(client, comment)
    client.cookies.clear()
    assert press(client, comment) == (2, 2)
    client.force_login(user)
    assert press(client, comment) == (1, 1)


@pytest.mark.parametrize(
    "hearing",
    [{"state": "closed"}, {"support_allowed": False}, {"moderation_mode": "after_closing"}],
)
def test_support_is_not_counted_where_it_is_not_taken(client, hearing):
    comment = CommentFactory(participation=hearing_pair(**hearing).hearing)
    assert client.post(url("support", comment_id=comment.public_id), **ORIGIN).status_code == 303
    assert not Support.objects.exists()


@pytest.mark.parametrize("trait", ["hidden", "pending", "withdrawn", "preparers", "official"])
def test_what_shows_no_support_takes_none(client, trait):
    comment = a_comment(**{trait: True})
    client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert not Support.objects.exists()


def test_supports_from_one_network_are_limited_and_accounts_are_not(client, settings):
    settings.SUPPORT_LIMIT_PER_ADDRESS = 2
    comment = a_comment()
    for _device in range(4):
        client.cookies.clear()
        client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert Support.objects.count() == 2
    client.force_login(UserFactory())
    client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert Support.objects.count() == 3


def test_dropping_the_cookie_makes_no_crowd_behind_one_comment(client, settings):
    settings.SUPPORT_LIMIT_PER_COMMENT = 2
    first, second = a_comment(), a_comment()
    for comment in (first, first, first, second):
        client.cookies.clear()
        client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert (first.supports.count(), second.supports.count()) == (2, 1)


def test_where_only_accounts_may_comment_only_accounts_support(client):
    comment = a_comment()
    Hearing.objects.update(level="registered")
    client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert not comment.supports.exists()
    client.force_login(UserFactory())
    client.post(url("support", comment_id=comment.public_id), **ORIGIN)
    assert comment.supports.count() == 1


def test_anyone_reports_a_comment_and_it_stays(client, language):
    comment = a_comment()
    target = url("report_comment", language, comment_id=comment.public_id)
    assert comment.public_text in client.get(target).content.decode()
    refused = client.post(target, {"text": "Kerron lisää."}, **ORIGIN)
    assert refused.status_code == 422
    assert "Kerron lisää." in refused.content.decode()
    taken = client.post(target, {"reason": "insults", "text": "Kerron lisää."}, **ORIGIN)
    assert taken.status_code == 303
    report = AbuseReport.objects.get()
    assert (report.reason, report.text) == ("insults", "Kerron lisää.")
    comment.refresh_from_db()
    assert comment.is_public


def test_a_machine_that_fills_the_trap_reports_nothing(client):
    comment = a_comment()
    target = url("report_comment", comment_id=comment.public_id)
    assert client.post(target, {"reason": "insults", "website": "x"}, **ORIGIN).status_code == 303
    assert not AbuseReport.objects.exists()


@pytest.mark.parametrize("gone", ["hidden", "withdrawn"])
def test_replies_stay_where_their_comment_has_gone(client, gone):
    root = a_comment(original_text="Kanarialintu.", **{gone: True})
    assert client.get(url("thread", comment_id=root.public_id)).status_code == 404, "nothing is left there"
    replies = [
        CommentFactory(participation=root.participation, parent=root, original_text=f"Vastaus {number}.")
        for number in range(7)
    ]
    page = client.get(f"/o/{root.participation.public_id}", follow=True)
    assert url("thread", comment_id=root.public_id) in page.content.decode()
    thread = client.get(url("thread", comment_id=root.public_id)).content.decode()
    assert all(reply.original_text in thread for reply in replies)
    assert "Kanarialintu" not in thread
    answer = client.post(url("support", comment_id=replies[-1].public_id), **ORIGIN)
    assert client.get(answer["Location"].partition("#")[0]).status_code == 200


def test_a_reply_has_no_thread_of_its_own(client):
    root = a_comment()
    reply = CommentFactory(participation=root.participation, parent=root)
    assert client.get(url("thread", comment_id=root.public_id)).status_code == 200
    assert client.get(url("thread", comment_id=reply.public_id)).status_code == 404
