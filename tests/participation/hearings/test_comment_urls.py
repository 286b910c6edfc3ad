import datetime as dt
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from participation.hearings.models import Comment
from participation.processes.enums import HoldReason
from participation.processes.models import ContributorAddress
from portal.core.form_stamp import form_stamp
from portal.mail.models import OutgoingMail
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
SAVED_WORD = "Odotusaika on liian pitkä, kirjoitin tämän huolella."


def url(name, language, *args):
    with translation.override(language):
        return reverse(f"hearings:{name}", args=args)


def a_minute_ago():
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=1), tick=False):
        return form_stamp()


def filled(**changes):
    return {"stamp": a_minute_ago(), "part": "", "text": SAVED_WORD, "language": "fi"} | changes


def post(client, pair, language="fi", *, name="comment", **changes):
    return client.post(url(name, language, pair.hearing.public_id), filled(**changes), **ORIGIN)


def test_a_comment_is_taken_and_answered_with_a_receipt(client, language):
    pair = hearing_pair(at_once=True)
    authority()
    response = post(
        client, pair, language, part=str(pair.parts[0].public_id), municipality="091", role="resident"
    )
    assert response.status_code == 303
    comment = Comment.objects.get()
    assert (comment.part, comment.municipality, comment.moderation_state) == (
        pair.parts[0],
        "091",
        "published",
    )
    receipt = client.get(response["Location"])
    assert receipt.status_code == 200
    assert receipt["Cache-Control"] == "private, no-store"
    assert receipt["Referrer-Policy"] == "same-origin"
    assert "noindex" in receipt["X-Robots-Tag"]
    assert SAVED_WORD in receipt.content.decode()
    page = client.get(pair.page(language).url)
    assert SAVED_WORD in page.content.decode()


def test_an_empty_form_comes_back_with_its_errors_and_all_that_was_typed(client, language):
    pair = hearing_pair()
    response = post(client, pair, language, text="", display_name="Maija Esimerkki", email="ei-osoite")
    body = response.content.decode()
    assert response.status_code == 422
    assert "Maija Esimerkki" in body
    assert "ei-osoite" in body
    assert 'href="#id_text"' in body
    assert 'href="#id_email"' in body
    assert 'id="id_text_error"' in body
    assert not Comment.objects.exists()


def test_sending_twice_gives_the_same_receipt(client):
    pair = hearing_pair()
    data = filled()
    target = url("comment", "fi", pair.hearing.public_id)
    first = client.post(target, data, **ORIGIN)
    second = client.post(target, data, **ORIGIN)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_another_text_is_another_comment(client):
    pair = hearing_pair()
    post(client, pair)
    post(client, pair, text="Aivan toinen asia.")
    assert Comment.objects.count() == 2


def test_a_form_opened_before_the_closing_is_late_and_taken(client, language):
    pair = hearing_pair()
    opened = form_stamp()
    with time_machine.travel(pair.hearing.closes_at - dt.timedelta(minutes=5), tick=False):
        opened = form_stamp()
    with time_machine.travel(pair.hearing.closes_at + dt.timedelta(minutes=14), tick=False):
        response = post(client, pair, language, stamp=opened)
        assert response.status_code == 303
    assert Comment.objects.get().late


def test_after_the_grace_the_text_is_shown_back_with_the_registry(client, language):
    pair = hearing_pair()
    authority()
    with time_machine.travel(pair.hearing.closes_at - dt.timedelta(minutes=5), tick=False):
        opened = form_stamp()
    with time_machine.travel(pair.hearing.closes_at + dt.timedelta(minutes=15), tick=False):
        response = post(client, pair, language, stamp=opened)
    body = response.content.decode()
    assert response.status_code == 422
    assert SAVED_WORD in body
    assert "kirjaamo@example.fi" in body
    assert not Comment.objects.exists()


def test_a_form_opened_after_the_closing_is_refused(client):
    pair = hearing_pair(state="closed")
    response = post(client, pair)
    assert response.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("state", ["draft", "scheduled", "closed", "answered", "cancelled"])
def test_only_an_open_hearing_takes_comments(client, state):
    pair = hearing_pair(state=state)
    response = post(client, pair)
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()


def test_a_registered_hearing_keeps_the_text_of_somebody_who_is_not_logged_in(client, language):
    pair = hearing_pair(level="registered")
    page = client.get(pair.page(language).url).content.decode()
    with translation.override(language):
        assert f"{reverse('account_login')}?next=" in page
    assert 'name="text"' not in page
    response = post(client, pair, language)
    body = response.content.decode()
    assert response.status_code == 422
    assert SAVED_WORD in body
    assert 'name="text"' in body


def test_no_support_is_offered_to_who_has_to_log_in_first(client, django_user_model):
    comment = CommentFactory(participation=hearing_pair(at_once=True, level="registered").hearing)
    address = f"/o/{comment.participation.public_id}"
    support = url("support", "fi", comment.public_id)
    assert support not in client.get(address, follow=True).content.decode()
    client.force_login(django_user_model.objects.create_user("asukas@example.fi"))
    assert support in client.get(address, follow=True).content.decode()


def test_who_has_to_log_in_again_keeps_the_comment_that_they_reply_to(client, language):
    pair = hearing_pair(at_once=True, level="registered")
    comment = CommentFactory(participation=pair.hearing)
    response = post(client, pair, language, reply=str(comment.public_id))
    assert response.status_code == 422
    assert str(response.context["form"]["reply"].value()) == str(comment.public_id)


def test_a_form_from_another_site_is_refused(client):
    pair = hearing_pair()
    target = url("comment", "fi", pair.hearing.public_id)
    assert client.post(target, filled(), HTTP_ORIGIN="https://elsewhere.example").status_code == 403
    assert client.post(target, filled()).status_code == 403
    assert not Comment.objects.exists()


def test_the_address_of_the_form_leads_back_to_the_page(client, language):
    pair = hearing_pair()
    response = client.get(url("comment", language, pair.hearing.public_id))
    assert response["Location"] == f"{pair.page(language).url}#write"


def test_a_text_with_personal_data_is_held_and_the_writer_is_told_why(client, language):
    pair = hearing_pair(at_once=True)
    response = post(client, pair, language, text="Soittakaa minulle numeroon 040 123 4567, kiitos.")
    comment = Comment.objects.get()
    assert (comment.moderation_state, comment.held_for) == ("pending", ["contact_details"])
    receipt = client.get(response["Location"]).content.decode()
    with translation.override(language):
        assert str(HoldReason.CONTACT_DETAILS.label) in receipt
    assert "040 123 4567" not in client.get(pair.page(language).url).content.decode()


def test_strange_text_is_kept_as_people_see_it(client):
    pair = hearing_pair(at_once=True)
    strange = "<b>ei html</b> 👩‍👩‍👧 \u05e9\u05dc\u05d5\u05dd"
    text = f"https://example.fi on linkki\r\n\r\n{strange}\x00\x07 loppu"
    post(client, pair, text=text)
    comment = Comment.objects.get()
    assert (
        comment.original_text
        == "https://example.fi on linkki\n\n<b>ei html</b> 👩‍👩‍👧 \u05e9\u05dc\u05d5\u05dd loppu"
    )
    assert "&lt;b&gt;ei html&lt;/b&gt;" in client.get(pair.fi.url).content.decode()


@pytest.mark.parametrize(("length", "status"), [(10_000, 303), (10_001, 422)])
def test_length_is_counted_as_people_see_it(client, length, status):
    pair = hearing_pair()
    lines = "rivi\r\n" * 100
    text = lines + "a" * (length - 500)
    assert post(client, pair, text=text).status_code == status


def test_an_address_gets_a_receipt_in_the_language_of_the_page(client, language):
    pair = hearing_pair()
    response = post(client, pair, language, email="kirjoittaja@example.fi")
    address = ContributorAddress.objects.get()
    mail = OutgoingMail.objects.get()
    code = response["Location"].rstrip("/").rpartition("/")[2]
    assert (address.email, address.language) == ("kirjoittaja@example.fi", language)
    assert (mail.to, mail.language) == ("kirjoittaja@example.fi", language)
    assert code in mail.body
    assert SAVED_WORD not in mail.body


def test_a_reply_hangs_on_its_comment(client):
    pair = hearing_pair(at_once=True)
    parent = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    assert post(client, pair, reply=str(parent.public_id)).status_code == 303
    reply = Comment.objects.get(parent__isnull=False)
    assert (reply.parent_id, reply.part) == (parent.pk, pair.parts[0])


def test_there_is_one_level_of_replies(client):
    pair = hearing_pair(at_once=True)
    parent = CommentFactory(participation=pair.hearing)
    reply = CommentFactory(participation=pair.hearing, parent=parent)
    response = post(client, pair, reply=str(reply.public_id))
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()


def test_an_address_shows_no_comment_that_the_page_does_not_show(client):
    pair = hearing_pair(moderation_mode="after_closing")
    comment = CommentFactory(participation=pair.hearing, original_text="Kanarialintu 7419")
    body = client.get(f"{pair.fi.url}?reply={comment.public_id}").content.decode()
    assert "7419" not in body


def test_a_reply_to_a_comment_hidden_meanwhile_can_go_on_as_a_comment(client, language):
    pair = hearing_pair(at_once=True)
    parent = CommentFactory(participation=pair.hearing, hidden=True)
    response = post(client, pair, language, reply=str(parent.public_id))
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()
    assert str(parent.public_id) not in response.content.decode()


def test_a_reply_to_no_comment_at_all_can_go_on_as_a_comment(client, language):
    response = post(client, hearing_pair(at_once=True), language, reply="ei-tunnus")
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()


def test_no_reply_is_offered_or_taken_where_a_section_is_closed(client, language):
    """The rest of the hearing is open: the text can go on as a comment of its own."""
    pair = hearing_pair(at_once=True)
    authority()
    closed, other = (CommentFactory(participation=pair.hearing, part=part) for part in pair.parts[:2])
    closed.part.closed_at = timezone.now() - dt.timedelta(hours=1)
    closed.part.save()
    page = client.get(pair.page(language).url).content.decode()
    assert f"?reply={other.public_id}" in page
    assert f"?reply={closed.public_id}" not in page
    assert url("support", language, other.public_id) in page
    assert url("support", language, closed.public_id) not in page
    response = post(client, pair, language, reply=str(closed.public_id))
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()
    assert "kept_text" not in response.context
    assert not response.context["form"]["reply"].value()
    assert post(client, pair, language).status_code == 303


def test_a_reply_written_while_replies_were_switched_off_can_go_on_as_a_comment(client, language):
    pair = hearing_pair(at_once=True)
    comment = CommentFactory(participation=pair.hearing)
    type(pair.hearing).objects.update(replies_allowed=False)
    response = post(client, pair, language, reply=str(comment.public_id))
    assert response.status_code == 422
    assert SAVED_WORD in response.content.decode()
    assert not response.context["form"]["reply"].value()


def test_the_easy_path_goes_from_page_to_receipt(client, language):
    pair = hearing_pair()
    easy = pair.page(language).easy_url()
    page = client.get(easy)
    assert page.status_code == 200
    action = url("comment_easy", language, pair.hearing.public_id)
    assert f'action="{action}"' in page.content.decode()
    refused = post(client, pair, language, name="comment_easy", text="")
    assert refused.status_code == 422
    taken = post(client, pair, language, name="comment_easy")
    assert taken.status_code == 303
    assert taken["Location"].startswith(url("receipt_easy", language, "x").partition("x/")[0])
    assert client.get(taken["Location"]).status_code == 200


def test_the_language_switch_of_easy_language_leads_to_easy_language(client):
    pair = hearing_pair()
    assert f'href="{pair.sv.easy_url()}"' in client.get(pair.fi.easy_url()).content.decode()
    plain = hearing_pair(sv={"easy_text": ""})
    body = client.get(plain.fi.easy_url()).content.decode()
    assert f'href="{plain.sv.url}"' in body
    assert plain.sv.easy_url() not in body


def test_a_page_without_easy_text_has_no_easy_path(client):
    pair = hearing_pair(fi={"easy_text": ""})
    assert client.get(pair.fi.easy_url()).status_code == 404
    assert pair.fi.easy_url() not in client.get(pair.fi.url).content.decode()


def test_a_text_for_a_page_taken_away_meanwhile_is_shown_back(client, language):
    pair = hearing_pair()
    for page in (pair.fi, pair.sv):
        page.unpublish()
    response = post(client, pair, language)
    assert response.status_code == 404
    assert SAVED_WORD in response.content.decode()


def test_a_comment_on_no_hearing_is_not_found(client, language):
    target = url("comment", language, uuid.uuid4())
    assert client.post(target, filled(), **ORIGIN).status_code == 404
