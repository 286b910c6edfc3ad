"""Acts that change facts: what they demand, refuse, keep and show."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from participation.hearings.models import HearingPage
from participation.processes.enums import ActKind, Effect, State
from participation.processes.models import FiredEffect, Participation, ParticipationAct
from participation.processes.models.page import CopyRefused
from participation.processes.services import acts, copying, effects
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.core.formats.text import HELSINKI
from portal.mail.models import OutgoingMail
from tests.factories.hearings import CommentFactory, HearingFactory, hearing_pair
from tests.factories.processes import AttachmentFactory, LegalBasisFactory, UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REASONS = {"reason_fi": "Pyynnöstä", "reason_sv": "På begäran"}


@pytest.fixture
def official():
    return User.objects.create_user("virkahenkilo@example.fi")


def ahead(days):
    return timezone.now() + dt.timedelta(days=days)


def test_extending_keeps_before_and_after_and_is_audited(official):
    hearing = hearing_pair(state="open").hearing
    old, new = hearing.closes_at, ahead(60)
    acts.extend(participation=hearing, actor=official, closes_at=new, **REASONS)
    hearing.refresh_from_db()
    assert hearing.closes_at == new
    act = ParticipationAct.objects.get(kind=ActKind.EXTEND)
    assert act.before == {"closes_at": old.isoformat()}
    assert act.after == {"closes_at": new.isoformat()}
    entry = Entry.objects.get(verb="participation.extend")
    assert str(entry.participation) == str(hearing.public_id)


def test_extending_needs_a_later_time_and_both_reasons(official):
    hearing = hearing_pair(state="open").hearing
    with pytest.raises(ValidationError):
        acts.extend(participation=hearing, actor=official, closes_at=hearing.closes_at, **REASONS)
    with pytest.raises(ValidationError):
        acts.extend(participation=hearing, actor=official, closes_at=ahead(90), reason_fi="Syy", reason_sv="")


POSSIBLE = {
    acts.extend: {State.OPEN},
    acts.reopen: {State.CLOSED, State.ANSWERED},
    acts.cancel: {State.SCHEDULED, State.OPEN, State.CLOSED},
    acts.answer: {State.CLOSED},
}


@pytest.mark.parametrize("act", list(POSSIBLE), ids=lambda act: act.__name__)
@pytest.mark.parametrize("state", list(State))
def test_which_act_is_possible_in_which_state(act, state, official):
    answerable = act is acts.answer and state == State.CLOSED
    hearing = hearing_pair(state=state.value).hearing if answerable else HearingFactory(**{state.value: True})
    assert hearing.state == state
    more = {"closes_at": ahead(90)} if act in {acts.extend, acts.reopen} else {}
    if state in POSSIBLE[act]:
        act(participation=hearing, actor=official, **more, **REASONS)
    else:
        with pytest.raises(ValidationError) as refusal:
            act(participation=hearing, actor=official, **more, **REASONS)
        assert refusal.value.code == "state"


def test_reopening_an_answered_hearing_opens_it(official):
    hearing = hearing_pair(state="answered").hearing
    acts.reopen(participation=hearing, actor=official, closes_at=ahead(7), **REASONS)
    hearing.refresh_from_db()
    assert hearing.state == State.OPEN
    assert "answered_at" in ParticipationAct.objects.get(kind=ActKind.REOPEN).before


def test_answer_without_text_in_one_language_needs_a_reason(official):
    pair = hearing_pair(state="closed")
    HearingPage.objects.filter(pk=pair.sv.pk).update(outcome="")
    with pytest.raises(ValidationError):
        acts.answer(participation=pair.hearing, actor=official)
    acts.answer(participation=pair.hearing, actor=official, **REASONS)
    pair.hearing.refresh_from_db()
    assert pair.hearing.state == State.ANSWERED


def test_answer_without_any_text_is_refused_even_with_a_reason(official):
    pair = hearing_pair(state="closed")
    HearingPage.objects.all().update(outcome="<p> </p>")
    with pytest.raises(ValidationError):
        acts.answer(participation=pair.hearing, actor=official, **REASONS)


def test_publishing_the_outcome_alone_does_not_answer():
    pair = hearing_pair(state="closed")
    pair.fi.outcome = "<p>Näin kävi.</p>"
    pair.fi.save_revision().publish()
    pair.hearing.refresh_from_db()
    assert pair.hearing.state == State.CLOSED


def test_dates_are_fixed_once_opened(official):
    hearing = hearing_pair(state="open").hearing
    with pytest.raises(ValidationError) as refusal:
        acts.change_settings(participation=hearing, actor=official, changes={"closes_at": ahead(99)})
    assert set(refusal.value.message_dict) == {"closes_at"}


def test_shortest_time_of_the_legal_basis(official):
    hearing = hearing_pair(state="scheduled").hearing
    basis = LegalBasisFactory(shortest_days=60)
    with pytest.raises(ValidationError) as refusal:
        acts.change_settings(participation=hearing, actor=official, changes={"legal_basis": basis})
    assert "60" in str(refusal.value.message_dict["closes_at"])


def test_days_of_the_shortest_time_are_those_of_the_calendar(official):
    """Thirty days from 15 March to 14 April 2027 are an hour shorter: the clocks go forward on 28 March."""
    hearing = hearing_pair(state="scheduled").hearing
    opens, closes = dt.datetime(2027, 3, 15, tzinfo=HELSINKI), dt.datetime(2027, 4, 14, tzinfo=HELSINKI)
    changes = {"legal_basis": LegalBasisFactory(shortest_days=30), "opens_at": opens, "closes_at": closes}
    acts.change_settings(participation=hearing, actor=official, changes=changes)
    with pytest.raises(ValidationError):
        acts.change_settings(
            participation=hearing, actor=official, changes={"closes_at": closes - dt.timedelta(minutes=1)}
        )


@pytest.mark.parametrize(
    ("now", "wanted", "kept"),
    [
        ("summary_only", "after_moderation", False),
        ("summary_only", "after_closing", False),
        ("after_closing", "at_once", False),
        ("after_closing", "summary_only", True),
        ("after_moderation", "at_once", True),
        ("at_once", "summary_only", True),
    ],
)
def test_comments_are_not_shown_more_widely_than_their_writers_were_told(official, now, wanted, kept):
    hearing = hearing_pair(state="open", moderation_mode=now).hearing
    changes = {"moderation_mode": wanted}
    acts.change_settings(participation=hearing, actor=official, changes=changes)
    acts.change_settings(participation=hearing, actor=official, changes={"moderation_mode": now})
    CommentFactory(participation=hearing)
    if kept:
        acts.change_settings(participation=hearing, actor=official, changes=changes)
    else:
        with pytest.raises(ValidationError) as refusal:
            acts.change_settings(participation=hearing, actor=official, changes=changes)
        assert set(refusal.value.message_dict) == {"moderation_mode"}
    hearing.refresh_from_db()
    assert hearing.moderation_mode == (wanted if kept else now)


def test_settings_change_keeps_what_changed(official):
    hearing = hearing_pair(state="open").hearing
    acts.change_settings(
        participation=hearing, actor=official, changes={"diary_number": "X/2", "matter_fi": hearing.matter_fi}
    )
    act = ParticipationAct.objects.get(kind=ActKind.SETTINGS)
    assert act.after == {"diary_number": "X/2"}


def test_closing_before_opening_is_refused_by_the_database():
    from django.db import IntegrityError, transaction

    hearing = hearing_pair(state="open").hearing
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=hearing.pk).update(closes_at=hearing.opens_at)


def test_copy_takes_both_languages_and_settings_but_no_contributions_dates_or_diary_number(official):
    pair = hearing_pair(state="answered")
    hearing = pair.hearing
    hearing.unit = UnitFactory()
    hearing.moderation_mode = "at_once"
    hearing.save()
    AttachmentFactory(participation=hearing, part=pair.parts[0])
    CommentFactory(participation=hearing)
    new = copying.copy_participation(
        participation=hearing, actor=official, titles={"sv": "Nytt löfte"}, slugs={}
    )
    pages = HearingPage.objects.filter(translation_key=new.translation_key)
    assert {page.locale.language_code for page in pages} == {"fi", "sv"}
    assert not any(page.live for page in pages)
    assert pages.get(locale__language_code="sv").title == "Nytt löfte"
    assert {page.outcome for page in pages} == {""}
    assert (new.opens_at, new.closes_at, new.answered_at, new.diary_number) == (None, None, None, "")
    assert (new.unit, new.moderation_mode) == (hearing.unit, "at_once")
    assert new.contributions.count() == 0
    assert new.parts.count() == hearing.parts.count()
    assert new.attachments.get().part.participation_id == new.pk
    assert new.state == State.DRAFT


def test_a_copy_of_what_is_out_of_date_is_out_of_date(official):
    hearing = hearing_pair(state="answered").hearing
    hearing.matter_fi = "Uusi suomenkielinen asia"
    hearing.save()
    assert hearing.stale
    new = copying.copy_participation(participation=hearing, actor=official, titles={}, slugs={})
    assert type(hearing).objects.get(pk=new.pk).stale


def test_wagtails_own_copy_is_refused():
    pair = hearing_pair(state="open")
    with pytest.raises(CopyRefused):
        pair.fi.copy(update_attrs={"slug": "toinen"})


def test_section_with_comments_cannot_be_removed():
    pair = hearing_pair(state="open")
    CommentFactory(participation=pair.hearing, part=pair.parts[0])
    page = HearingPage.objects.get(pk=pair.fi.pk)
    page.sections = []
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert "sections" in refusal.value.message_dict


def test_effects_fire_once(official):
    hearing = hearing_pair(state="closed").hearing
    assert effects.fire_due() == 2
    assert effects.fire_due() == 0
    assert {row.effect for row in FiredEffect.objects.filter(participation=hearing)} == {
        Effect.OPENED,
        Effect.CLOSED,
    }


def test_shut_gate_at_opening_time_tells_the_unit_in_each_members_language():
    pair = hearing_pair(state="open")
    swedish = User.objects.create_user("handlaggare@example.fi", language="sv")
    unit = UnitFactory()
    unit.members.add(swedish)
    pair.sv.unpublish()
    Participation.objects.filter(pk=pair.hearing.pk).update(gate_met_at=None, unit=unit)
    effects.fire_due()
    effects.fire_due()
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == ("handlaggare@example.fi", "sv")


def test_saving_settings_from_an_old_row_undoes_nobodys_act(official):
    hearing = hearing_pair(state="open").hearing
    old = type(hearing).objects.get(pk=hearing.pk)
    later = hearing.closes_at + dt.timedelta(days=7)
    acts.extend(participation=hearing, actor=official, closes_at=later, reason_fi="Aikaa", reason_sv="Tid")
    CommentFactory(participation=hearing)
    acts.change_settings(participation=old, actor=official, changes={"diary_number": "ESIM/9/2026"})
    hearing.refresh_from_db()
    assert (hearing.closes_at, hearing.received_count, hearing.diary_number) == (later, 1, "ESIM/9/2026")
