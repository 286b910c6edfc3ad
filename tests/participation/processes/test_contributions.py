import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from participation.hearings.models import Comment
from participation.processes.enums import ModerationState
from participation.processes.models import ContributorAddress
from participation.processes.services import contributions
from participation.processes.signals import contribution_changed
from portal.audit.models import Entry
from portal.core import page_cache
from portal.mail.models import OutgoingMail
from portal.mail.services import queue
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def told():
    changes = []

    def receive(contribution, change, **kwargs):
        changes.append((contribution.pk, change))

    contribution_changed.connect(receive)
    yield changes
    contribution_changed.disconnect(receive)


def counts(pair):
    pair.hearing.refresh_from_db()
    pair.parts[0].refresh_from_db()
    hearing = pair.hearing
    return hearing.received_count, hearing.published_count, pair.parts[0].published_count


def a_comment(pair, **traits):
    return CommentFactory(participation=pair.hearing, part=pair.parts[0], **traits)


def moderated(state, reason=""):
    return lambda one: contributions.set_moderation_state(contribution=one, state=state, reason=reason)


STEPS = [
    (moderated(ModerationState.HIDDEN, "insults"), 0),
    (moderated(ModerationState.PENDING), 0),
    (moderated(ModerationState.PUBLISHED), 1),
    (lambda one: contributions.redact(contribution=one, text="Peitetty."), 1),
    (lambda one: contributions.withdraw(contribution=one), 0),
    (lambda one: contributions.request_removal(contribution=one), 0),
]


@pytest.mark.parametrize(("step", "public"), STEPS)
def test_counts_follow_every_change(told, step, public):
    pair = hearing_pair()
    comment = a_comment(pair)
    assert counts(pair) == (1, 1, 1)
    step(comment)
    assert counts(pair) == (1, public, public)
    assert len(told) == 1
    step(comment)
    assert counts(pair) == (1, public, public)


def test_only_what_the_public_sees_is_counted_as_published():
    pair = hearing_pair()
    for traits in ({"preparers": True}, {"pending": True}):
        comment = a_comment(pair, **traits)
        contributions.withdraw(contribution=comment)
    assert counts(pair) == (2, 0, 0)


def test_the_changes_have_names(told):
    pair = hearing_pair()
    comment = a_comment(pair)
    for step, _public in STEPS:
        step(comment)
    contributions.destroy(contribution=comment)
    expected = ["moderated", "moderated", "moderated", "redacted", "withdrawn", "removed", "destroyed"]
    assert [change for _pk, change in told] == expected


def test_a_redaction_keeps_the_original_and_showing_it_again_undoes_it():
    pair = hearing_pair()
    comment = a_comment(pair, original_text="Naapuri Maija valehtelee.")
    contributions.redact(contribution=comment, text="Naapuri […] valehtelee.")
    stored = Comment.objects.get()
    assert (stored.original_text, stored.public_text) == (
        "Naapuri Maija valehtelee.",
        "Naapuri […] valehtelee.",
    )
    assert stored.is_redacted
    contributions.redact(contribution=comment, text="Naapuri Maija valehtelee.")
    assert not Comment.objects.get().is_redacted


def test_what_its_writer_has_taken_back_no_moderator_shows_again():
    pair = hearing_pair()
    comment = a_comment(pair)
    contributions.withdraw(contribution=comment)
    with pytest.raises(ValueError, match="withdrawn"):
        contributions.set_moderation_state(contribution=comment, state=ModerationState.PUBLISHED)
    with pytest.raises(ValueError, match="withdrawn"):
        contributions.set_moderation_state(contribution=a_comment(pair), state=ModerationState.WITHDRAWN)


def test_removal_can_be_asked_for_after_withdrawing_and_keeps_its_day():
    pair = hearing_pair()
    comment = a_comment(pair)
    contributions.withdraw(contribution=comment)
    left_at = comment.left_at
    contributions.request_removal(contribution=comment)
    contributions.withdraw(contribution=comment)
    assert (comment.moderation_state, comment.left_at) == ("removed", left_at)


def test_retention_destroys_what_was_taken_back_long_ago_and_nothing_else(settings):
    pair = hearing_pair()
    old, fresh, shown = a_comment(pair, original_text="Vanha."), a_comment(pair), a_comment(pair)
    with time_machine.travel(timezone.now() - dt.timedelta(days=settings.REMOVED_TEXT_DAYS), tick=False):
        contributions.withdraw(contribution=old)
    contributions.withdraw(contribution=fresh)
    assert contributions.destroy_due() == 1
    assert contributions.destroy_due() == 0
    old, fresh, shown = (Comment.objects.get(pk=one.pk) for one in (old, fresh, shown))
    assert (old.original_text, old.public_text, old.display_name, old.device_key) == ("", "", "", "")
    assert old.destroyed_at is not None
    assert fresh.original_text
    assert shown.original_text
    assert Entry.objects.filter(verb="contribution.destroyed", public_id=str(old.public_id)).count() == 1


def test_a_decision_destroys_even_what_is_shown_and_its_number_is_kept():
    pair = hearing_pair()
    comment, official = a_comment(pair), UserFactory(official=True)
    with pytest.raises(ValueError, match="diary number"):
        contributions.destroy(contribution=comment, actor=official)
    contributions.destroy(contribution=comment, actor=official, decision="ESIM/7/2026")
    stored = Comment.objects.get()
    assert (stored.moderation_state, stored.diary_number, stored.public_text) == (
        "removed",
        "ESIM/7/2026",
        "",
    )
    assert counts(pair) == (1, 0, 0)
    assert Entry.objects.get(verb="contribution.destroyed").actor == official.public_id


def test_nothing_shown_is_destroyed_by_retention():
    with pytest.raises(ValueError, match="published"):
        contributions.destroy(contribution=a_comment(hearing_pair()))


def test_addresses_are_erased_by_schedule_with_the_messages_to_them():
    pair = hearing_pair()
    now = timezone.now()
    message = {"language": "fi", "template": "hearings/receipt", "context": {}}
    for days in (-1, 1):
        comment = a_comment(pair)
        ContributorAddress.objects.create(
            contribution=comment,
            email="kirjoittaja@example.fi",
            language="fi",
            erase_after=now + dt.timedelta(days=days),
        )
        queue(to="kirjoittaja@example.fi", related=comment, **message)
    assert contributions.erase_addresses() == 1
    assert ContributorAddress.objects.count() == 1
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == ["", "kirjoittaja@example.fi"]


def test_pages_are_purged_when_something_leaves_the_public_view(
    monkeypatch, django_capture_on_commit_callbacks
):
    pair = hearing_pair()
    purged = []
    monkeypatch.setattr(page_cache, "_purge", lambda: purged.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        contributions.withdraw(contribution=a_comment(pair, pending=True))
    assert not purged
    with django_capture_on_commit_callbacks(execute=True):
        contributions.withdraw(contribution=a_comment(pair))
    assert purged
