"""Moderation acts: what they change, refuse, keep and tell."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from participation.moderation import services
from participation.moderation.enums import ActKind, Reason, ReportReason
from participation.moderation.errors import (
    ContributionMeanwhileChanged,
    ModerationRefused,
    TooManyReports,
)
from participation.moderation.models import AbuseReport, ModerationAct, ReviewRequest
from participation.processes.models import ContributorAddress
from participation.processes.services import contributions
from participation.processes.signals import contribution_changed
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory
from tests.factories.staff import staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def waiting(pair):
    return CommentFactory(participation=pair.hearing, part=pair.parts[0], pending=True)


def address(comment, language):
    return ContributorAddress.objects.create(
        contribution=comment,
        email="kirjoittaja@example.fi",
        language=language,
        erase_after=timezone.now() + dt.timedelta(days=1),
    )


def test_approving_publishes_counts_and_keeps_who_did_it(waiting, moderator):
    act = services.approve(contribution=waiting, actor=moderator)
    waiting.refresh_from_db()
    waiting.participation.refresh_from_db()
    assert waiting.moderation_state == "published"
    assert waiting.participation.published_count == 1
    assert (act.kind, act.state_before, act.state_after, act.by) == (
        "approve",
        "pending",
        "published",
        moderator,
    )
    entry = Entry.objects.get(verb="moderation.approve")
    assert entry.actor == moderator.public_id
    assert entry.public_id == str(waiting.public_id)
    assert entry.participation == waiting.participation.public_id


def test_only_what_waits_can_be_approved(pair, moderator):
    comment = CommentFactory(participation=pair.hearing)
    with pytest.raises(ModerationRefused):
        services.approve(contribution=comment, actor=moderator)
    assert not ModerationAct.objects.exists()


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason != Reason.OTHER])
def test_hiding_keeps_its_reason(waiting, moderator, reason):
    services.hide(contribution=waiting, actor=moderator, reason=reason)
    waiting.refresh_from_db()
    assert (waiting.moderation_state, waiting.hidden_reason) == ("hidden", reason)


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("unknown", "Miksi"), ("other", " ")])
def test_hiding_without_a_reason_is_refused(waiting, moderator, reason, note):
    with pytest.raises(ModerationRefused):
        services.hide(contribution=waiting, actor=moderator, reason=reason, note=note)
    waiting.refresh_from_db()
    assert waiting.moderation_state == "pending"


def test_redaction_changes_what_is_shown_and_keeps_what_was_sent(waiting, moderator):
    original = waiting.original_text
    services.redact(
        contribution=waiting, actor=moderator, text="Jotain [peitetty].", reason="personal_data", publish=True
    )
    waiting.refresh_from_db()
    assert (waiting.public_text, waiting.original_text) == ("Jotain [peitetty].", original)
    assert waiting.is_redacted
    assert waiting.moderation_state == "published"


def test_the_original_text_undoes_a_redaction(waiting, moderator):
    services.redact(contribution=waiting, actor=moderator, text="Lyhyt", reason="personal_data")
    services.redact(contribution=waiting, actor=moderator, text=waiting.original_text, reason="personal_data")
    waiting.refresh_from_db()
    assert not waiting.is_redacted
    assert waiting.moderation_state == "pending"


@pytest.mark.parametrize("text", ["", "  \n", None])
def test_redaction_to_nothing_or_to_the_same_is_refused(waiting, moderator, text):
    with pytest.raises(ModerationRefused):
        services.redact(
            contribution=waiting,
            actor=moderator,
            text=waiting.public_text if text is None else text,
            reason="insults",
        )


def test_hidden_can_be_restored(pair, moderator):
    comment = CommentFactory(participation=pair.hearing, hidden=True)
    services.restore(contribution=comment, actor=moderator)
    comment.refresh_from_db()
    assert (comment.moderation_state, comment.hidden_reason) == ("published", "")


@pytest.mark.parametrize("take_back", [contributions.withdraw, contributions.request_removal])
def test_what_the_writer_took_back_is_out_of_reach(waiting, moderator, take_back):
    take_back(contribution=waiting)
    for service, extra in ((services.approve, {}), (services.hide, {"reason": "insults"})):
        with pytest.raises(ModerationRefused):
            service(contribution=waiting, actor=moderator, **extra)


def test_the_second_of_two_tabs_is_told_what_the_first_did(waiting, moderator):
    seen = services.version_of(waiting)
    services.hide(contribution=waiting, actor=moderator, reason="insults", expected=seen)
    with translation.override("en"), pytest.raises(ContributionMeanwhileChanged) as caught:
        services.approve(contribution=waiting, actor=moderator, expected=seen)
    assert moderator.name in str(caught.value)
    waiting.refresh_from_db()
    assert waiting.moderation_state == "hidden"


def test_a_redaction_meanwhile_counts_as_a_change(waiting, moderator):
    seen = services.version_of(waiting)
    services.redact(contribution=waiting, actor=moderator, text="Muu", reason="insults", expected=seen)
    with pytest.raises(ContributionMeanwhileChanged):
        services.approve(contribution=waiting, actor=moderator, expected=seen)


@pytest.mark.parametrize(
    ("language", "words"), [("fi", ("piilotettu", "Mainonta")), ("sv", ("dolts", "Reklam"))]
)
@pytest.mark.parametrize("admin_language", ["fi", "sv"])
def test_the_writer_is_told_in_the_writers_language(waiting, moderator, language, words, admin_language):
    address(waiting, language)
    with translation.override(admin_language):
        services.hide(contribution=waiting, actor=moderator, reason="commercial", note="Kiitos / Tack")
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.related) == ("kirjoittaja@example.fi", language, waiting.public_id)
    told = f"{mail.subject} {mail.body}"
    assert "Kiitos / Tack" in mail.body
    assert waiting.original_text not in told
    for word in words:
        assert word in told


def test_an_account_is_told_in_its_own_language(pair, moderator):
    author = User.objects.create_user("tili@example.fi", language="sv")
    comment = CommentFactory(participation=pair.hearing, pending=True, author=author)
    services.approve(contribution=comment, actor=moderator)
    assert (OutgoingMail.objects.get().to, OutgoingMail.objects.get().language) == ("tili@example.fi", "sv")


def test_nobody_is_told_when_no_address_is_known(waiting, moderator):
    services.approve(contribution=waiting, actor=moderator)
    assert not OutgoingMail.objects.exists()


def test_a_listener_that_fails_undoes_the_whole_act(waiting, moderator):
    address(waiting, "fi")

    def fail(**kwargs):
        raise RuntimeError

    contribution_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            services.hide(contribution=waiting, actor=moderator, reason="insults")
    finally:
        contribution_changed.disconnect(fail)
    waiting.refresh_from_db()
    assert waiting.moderation_state == "pending"
    assert not ModerationAct.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert not Entry.objects.filter(verb__startswith="moderation").exists()


def test_many_at_once_do_what_can_be_done_and_say_what_was_not(pair, moderator):
    first, second, third = CommentFactory.create_batch(3, participation=pair.hearing, pending=True)
    chosen = [(one.public_id, services.version_of(one)) for one in (first, second, third)]
    contributions.withdraw(contribution=second)
    result = services.moderate_many(chosen=chosen, kind=ActKind.APPROVE, actor=moderator)
    assert result.done == [first.public_id, third.public_id]
    assert [public_id for public_id, _reason in result.refused] == [second.public_id]
    assert ModerationAct.objects.count() == 2


def test_a_report_waits_until_somebody_decides(pair, moderator):
    comment = CommentFactory(participation=pair.hearing)
    services.report_abuse(
        contribution=comment, reason=ReportReason.INSULTS, text=" Loukkaava ", device_key="a"
    )
    again = services.report_abuse(contribution=comment, reason=ReportReason.OTHER, device_key="a")
    services.report_abuse(contribution=comment, reason=ReportReason.OTHER, device_key="b")
    assert again.reason == ReportReason.INSULTS
    assert AbuseReport.objects.unhandled().count() == 2
    comment.refresh_from_db()
    assert comment.moderation_state == "published"
    services.keep(contribution=comment, actor=moderator)
    assert not AbuseReport.objects.unhandled().exists()
    assert set(AbuseReport.objects.values_list("handled_by", flat=True)) == {moderator.pk}
    services.report_abuse(contribution=comment, reason=ReportReason.ILLEGAL, device_key="a")
    assert AbuseReport.objects.unhandled().count() == 1


def test_what_is_not_shown_cannot_be_reported(pair):
    for trait in ("hidden", "pending", "preparers", "withdrawn"):
        comment = CommentFactory(participation=pair.hearing, **{trait: True})
        with pytest.raises(ModerationRefused):
            services.report_abuse(contribution=comment, reason="insults")


def test_the_writer_can_ask_for_a_review_once_after_each_decision(waiting, moderator):
    address(waiting, "sv")
    with pytest.raises(ModerationRefused):
        services.ask_for_review(contribution=waiting)
    services.hide(contribution=waiting, actor=moderator, reason="off_topic")
    waiting.refresh_from_db()
    first = services.ask_for_review(contribution=waiting, text="Tämä koskee asiaa.")
    assert services.ask_for_review(contribution=waiting) == first
    services.keep(contribution=waiting, actor=moderator)
    assert not ReviewRequest.objects.unhandled().exists()
    assert OutgoingMail.objects.filter(template="moderation/kept", language="sv").count() == 1
    with pytest.raises(ModerationRefused):
        services.ask_for_review(contribution=waiting)


def test_what_was_said_about_a_text_is_destroyed_with_it(pair, moderator):
    comment = CommentFactory(participation=pair.hearing)
    services.report_abuse(
        contribution=comment, reason="insults", text="Kirjoittaja on naapurini.", device_key="d"
    )
    services.hide(contribution=comment, actor=moderator, reason="insults")
    comment.refresh_from_db()
    services.ask_for_review(contribution=comment, text="Minä kirjoitin tämän.")
    contributions.destroy(contribution=comment, actor=moderator, decision="ESIM/1/2026")
    report, request = AbuseReport.objects.get(), ReviewRequest.objects.get()
    assert (report.text, report.device_key, report.reason) == ("", "", "insults")
    assert request.text == ""


NOTE = "Kirjoititte: ”Naapurini Maija varastaa”. Sellaista ei voi näyttää."


def destroyed_by_decision(comment, official):
    contributions.destroy(contribution=comment, actor=official, decision="ESIM/7/2026")


def destroyed_by_retention(comment, official):
    contributions.request_removal(contribution=comment)
    contributions.destroy(contribution=comment)


def written_by_a_closed_account(comment, official):
    contributions.forget_author(comment.author)


@pytest.mark.parametrize(
    "forget", [destroyed_by_decision, destroyed_by_retention, written_by_a_closed_account]
)
def test_messages_to_the_writer_go_with_the_text_or_the_writer(pair, moderator, forget):
    comment = CommentFactory(participation=pair.hearing, author=UserFactory(), display_name="Maija")
    other = CommentFactory(participation=pair.hearing)
    for hidden in (comment, other):
        services.hide(contribution=hidden, actor=moderator, reason="personal_data", note=NOTE)
    forget(comment, staff_member("official"))
    act = ModerationAct.objects.get(contribution=comment)
    assert (act.note, act.kind, act.reason, act.by) == ("", "hide", "personal_data", moderator)
    assert ModerationAct.objects.get(contribution=other).note == NOTE
    assert not OutgoingMail.objects.filter(related=comment.public_id).exclude(body="").exists()


def test_reports_from_one_network_have_a_limit(pair, settings):
    settings.REPORT_LIMIT_PER_ADDRESS = 2
    comments = CommentFactory.create_batch(3, participation=pair.hearing)
    for number, comment in enumerate(comments[:2]):
        services.report_abuse(
            contribution=comment, reason="insults", device_key=f"d{number}", address_key="a" * 64
        )
    with pytest.raises(TooManyReports):
        services.report_abuse(
            contribution=comments[2], reason="insults", device_key="d3", address_key="a" * 64
        )
    assert AbuseReport.objects.count() == 2
