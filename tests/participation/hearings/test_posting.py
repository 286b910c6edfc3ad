import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from participation.hearings.errors import CommentRefused, TargetGone
from participation.hearings.models import Comment
from participation.hearings.services import Draft, Sender, post_comment
from participation.processes.enums import HoldReason, ModerationMode
from participation.processes.models import ContributorAddress
from participation.processes.permissions import Refusal
from participation.processes.receipts import read_receipt_code
from portal.audit.models import Entry
from portal.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SENDER = Sender(device_key="d" * 64, browser_key="b" * 64, address_key="a" * 64, device_is_known=True)


def send(pair, text="Kirjoitan tästä asiasta.", *, sender=SENDER, minutes=1, now=None, **draft):
    moment = now or timezone.now()
    return post_comment(
        hearing_id=pair.hearing.public_id,
        draft=Draft(text=text, language="fi", **draft),
        sender=sender,
        form_opened=moment - dt.timedelta(minutes=minutes) if minutes is not None else None,
        now=now,
    )


@pytest.mark.parametrize(
    ("mode", "state"),
    [
        (ModerationMode.AT_ONCE, "published"),
        (ModerationMode.AFTER_MODERATION, "pending"),
        (ModerationMode.AFTER_CLOSING, "pending"),
        (ModerationMode.SUMMARY_ONLY, "pending"),
    ],
)
def test_the_editors_choice_decides_what_is_shown_at_once(mode, state):
    pair = hearing_pair(moderation_mode=mode)
    posted = send(pair)
    assert posted.comment.moderation_state == state
    assert read_receipt_code(posted.receipt_code) == posted.comment.public_id
    pair.hearing.refresh_from_db()
    assert pair.hearing.received_count == 1
    assert pair.hearing.published_count == (state == "published")


HELD = [
    ({"text": "131052-308T"}, HoldReason.IDENTITY_CODE),
    ({"display_name": "040 123 4567"}, HoldReason.CONTACT_DETAILS),
    ({"minutes": 0}, HoldReason.SENT_FAST),
    ({"minutes": None}, HoldReason.SENT_FAST),
    ({"trapped": True}, HoldReason.TRAP_FILLED),
]


@pytest.mark.parametrize(("how", "reason"), HELD)
def test_nothing_is_refused_for_suspicion_only_held(how, reason):
    posted = send(hearing_pair(at_once=True), **how)
    assert posted.held_for == [reason.value]
    assert posted.comment.moderation_state == "pending"


def test_many_from_one_device_are_held_and_others_are_not(settings):
    settings.COMMENT_LIMIT_PER_DEVICE = 2
    pair, other = hearing_pair(at_once=True), hearing_pair(at_once=True)
    held = [send(pair, f"Kommentti numero {number}.").held_for for number in range(3)]
    assert held == [[], [], [HoldReason.MANY_FROM_DEVICE.value]]
    assert send(other, "Toinen kuuleminen.").held_for == []
    neighbour = Sender(device_key="e" * 64, address_key="a" * 64, device_is_known=True)
    assert send(pair, "Toinen laite samassa verkossa.", sender=neighbour).held_for == []


def test_many_from_one_network_are_held(settings):
    settings.COMMENT_LIMIT_PER_ADDRESS = 1
    pair = hearing_pair(at_once=True)
    send(pair, "Yksi.")
    neighbour = Sender(device_key="e" * 64, address_key="a" * 64, device_is_known=True)
    assert send(pair, "Kaksi.", sender=neighbour).held_for == [HoldReason.MANY_FROM_ADDRESS.value]


def test_a_second_press_after_many_with_the_same_text_gets_the_same_receipt():
    pair = hearing_pair(at_once=True)
    moment = timezone.now()
    first = send(pair, "Kopioikaa tämä kaikille!", now=moment)
    for number in range(21):
        neighbour = Sender(device_key=f"{number:064}", device_is_known=True)
        send(pair, "Kopioikaa tämä kaikille!", sender=neighbour, now=moment)
    again = send(pair, "Kopioikaa tämä kaikille!", now=moment)
    assert again.duplicate
    assert again.receipt_code == first.receipt_code


def test_neighbours_with_alike_browsers_and_answers_get_receipts_of_their_own():
    pair, moment = hearing_pair(at_once=True), timezone.now()
    first = send(pair, "Ei.", sender=Sender(device_key="1" * 64, browser_key="b" * 64), now=moment)
    neighbour = Sender(device_key="2" * 64, browser_key="b" * 64)
    second = send(pair, "Ei.", sender=neighbour, now=moment, municipality="091")
    assert not second.duplicate
    assert second.receipt_code != first.receipt_code
    pressed_twice = Sender(device_key="3" * 64, browser_key="b" * 64)
    assert send(pair, "Ei.", sender=pressed_twice, now=moment).receipt_code == first.receipt_code


@pytest.mark.parametrize(
    "mended", [{"audience": "preparers"}, {"display_name": "Toinen"}, {"email": "joku@example.fi"}]
)
def test_who_goes_back_and_mends_a_field_is_heard(mended):
    """The form that Back brings has the same time; only all the same is the same sending."""
    pair, moment = hearing_pair(at_once=True), timezone.now()
    first = send(pair, now=moment)
    again = send(pair, now=moment, **mended)
    assert not again.duplicate
    assert again.held_for == [HoldReason.REPEATED_TEXT.value]
    assert {name: getattr(again.comment, name, mended[name]) for name in mended} == mended
    assert send(pair, now=moment, **mended).receipt_code == again.receipt_code != first.receipt_code


def test_receipts_do_not_fill_a_mailbox(settings):
    settings.RECEIPT_LIMIT_PER_RECIPIENT = 2
    pair = hearing_pair(at_once=True)
    for number in range(4):
        sender = Sender(device_key=f"{number:064}", device_is_known=True)
        send(pair, f"Kommentti numero {number}.", sender=sender, email="joku@example.fi")
    assert OutgoingMail.objects.filter(to="joku@example.fi").count() == 2
    assert ContributorAddress.objects.count() == 4


def test_the_same_text_again_is_held():
    pair = hearing_pair(at_once=True)
    send(pair, "Kopioikaa tämä kaikille!")
    other = Sender(device_key="e" * 64, device_is_known=True)
    assert send(pair, "kopioikaa  TÄMÄ kaikille", sender=other).held_for == [HoldReason.REPEATED_TEXT.value]


def test_the_same_sending_has_one_receipt_before_and_after_the_cookie():
    pair = hearing_pair(at_once=True)
    now = timezone.now()
    first_visit = Sender(device_key="new" + "0" * 61, browser_key="b" * 64)
    later = Sender(device_key="new" + "0" * 61, browser_key="b" * 64, device_is_known=True)
    first = send(pair, sender=first_visit, now=now)
    again = [send(pair, sender=sender, now=now) for sender in (first_visit, later)]
    assert {posted.receipt_code for posted in again} == {first.receipt_code}
    assert all(posted.duplicate for posted in again)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("age", "name"), [("under_15", ""), ("15_17", ""), ("18_29", "Maija"), ("not_said", "Maija")]
)
def test_the_name_of_a_minor_is_not_kept(age, name):
    assert send(hearing_pair(), age_class=age, display_name="Maija").comment.display_name == name


@pytest.mark.parametrize(
    ("age", "refused"), [("under_15", Refusal.TOO_YOUNG), ("not_said", Refusal.AGE_NEEDED)]
)
def test_a_minimum_age_is_asked(age, refused):
    pair = hearing_pair(minimum_age=15)
    with pytest.raises(CommentRefused) as error:
        send(pair, age_class=age)
    assert error.value.refusal == refused
    assert send(pair, age_class="15_17").comment.pk


def test_what_is_only_for_the_preparers_is_not_public():
    pair = hearing_pair(at_once=True)
    comment = send(pair, audience="preparers").comment
    pair.hearing.refresh_from_db()
    assert not comment.is_public
    assert (pair.hearing.received_count, pair.hearing.published_count) == (1, 0)


def test_the_account_of_the_writer_is_kept():
    user = UserFactory()
    sender = Sender(user=user, device_key="d" * 64, device_is_known=True)
    assert send(hearing_pair(level="registered"), sender=sender).comment.author == user


def test_a_closed_section_is_refused_and_the_others_are_not():
    pair = hearing_pair()
    closed, open_one = pair.parts
    closed.closed_at = timezone.now() - dt.timedelta(hours=1)
    closed.save()
    with pytest.raises(CommentRefused) as error:
        send(pair, part_id=closed.public_id)
    assert error.value.refusal == Refusal.PART_CLOSED
    assert send(pair, part_id=open_one.public_id).comment.part == open_one


def test_a_section_of_another_hearing_is_no_target():
    with pytest.raises(TargetGone):
        send(hearing_pair(), part_id=hearing_pair().parts[0].public_id)


def test_replies_can_be_switched_off():
    pair = hearing_pair(replies_allowed=False)
    parent = CommentFactory(participation=pair.hearing)
    with pytest.raises(TargetGone):
        send(pair, parent_id=parent.public_id)


def test_an_official_answers_in_the_authoritys_name_even_after_the_closing():
    pair = hearing_pair(state="closed", replies_allowed=False)
    parent = CommentFactory(participation=pair.hearing)
    official = UserFactory(official=True)
    answer = send(pair, sender=Sender(user=official), parent_id=parent.public_id, as_official=True).comment
    assert answer.is_official
    assert (answer.moderation_state, answer.display_name) == ("published", official.name)
    assert Entry.objects.get(verb="comment.answered").actor == official.public_id


@pytest.mark.parametrize("role", [None, "editor", "moderator"])
def test_nobody_else_answers_in_the_authoritys_name(role):
    pair = hearing_pair()
    parent = CommentFactory(participation=pair.hearing)
    user = UserFactory(**{role: True}) if role else UserFactory()
    reply = send(pair, sender=Sender(user=user), parent_id=parent.public_id, as_official=True).comment
    assert not reply.is_official


def test_the_moment_of_arrival_decides():
    pair = hearing_pair()
    with time_machine.travel(pair.hearing.closes_at - dt.timedelta(seconds=1), tick=False):
        assert not send(pair, "Viime hetkellä.").comment.late
    with time_machine.travel(pair.hearing.closes_at, tick=False):
        assert send(pair, "Heti sen jälkeen.").comment.late
        with pytest.raises(CommentRefused):
            send(pair, "Avattu sulkemisen jälkeen.", minutes=0)
