"""The gate guards opening: tried through every path that publishes, and through what can go stale."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from participation.hearings.models import HearingPage
from participation.processes.enums import ActKind, State
from participation.processes.models import Participation, ParticipationAct
from participation.processes.services import acts, effects, gate
from portal.accounts.models import User
from portal.audit.models import Entry
from tests.factories.pages import index
from tests.factories.processes import AttachmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]

TEXTS = {
    "lead": "Sano mielipiteesi.",
    "decided": "<p>Valtuusto päättää.</p>",
    "can_influence": "<p>Sanamuotoon.</p>",
    "fixed": "<p>Laki on kiinteä.</p>",
    "use_of_answers": "<p>Tehdään raportti.</p>",
}


@pytest.fixture
def editor():
    return User.objects.create_user("toimittaja@example.fi")


@pytest.fixture
def finnish():
    """A published Finnish page whose hearing should be open by its dates."""
    index("decision", "fi"), index("decision", "sv")
    page = index("decision", "fi").add_child(
        instance=HearingPage(title="Palvelulupaus", slug="lupaus", **TEXTS)
    )
    page.save_revision().publish()
    page = HearingPage.objects.get(pk=page.pk)
    Participation.objects.filter(translation_key=page.translation_key).update(
        opens_at=timezone.now() - dt.timedelta(days=1),
        closes_at=timezone.now() + dt.timedelta(days=30),
        matter_fi="Palvelulupaus",
        matter_sv="Servicelöftet",
    )
    return page


def state_of(page):
    row = Participation.objects.get(translation_key=page.translation_key)
    assert Participation.objects.with_state().get(pk=row.pk).state_now == row.state
    return row.state


def row_of(page):
    return Participation.objects.get(translation_key=page.translation_key)


def start_translation(page):
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="sv"))


def translate_everything(translation):
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"SV {segment.string.data}" if segment.context.path != "slug" else "loftet"},
        )


def test_finnish_alone_does_not_open(finnish):
    assert state_of(finnish) == State.SCHEDULED


def test_full_translation_published_later_opens(finnish):
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    assert state_of(finnish) == State.OPEN


def with_commit(act):
    """Runs the act and what it left for after the commit."""
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        return act()


def test_gaps_filled_with_the_source_language_do_not_open(finnish):
    """`save_target(publish=True)` publishes Finnish text under Swedish: live, but not translated."""
    translation = start_translation(finnish)
    with_commit(lambda: translation.save_target(publish=True))
    assert translation.get_target_instance().live
    assert state_of(finnish) == State.SCHEDULED


def test_alias_does_not_open(finnish):
    finnish.copy_for_translation(Locale.objects.get(language_code="sv"), alias=True)
    swedish = HearingPage.objects.get(locale__language_code="sv")
    assert swedish.live
    gate.refresh(row_of(finnish))
    assert state_of(finnish) == State.SCHEDULED


def by_editor(page):
    page.save_revision().publish()


def by_bulk_action(page):
    page.publish(page.save_revision())


def by_scheduled_command(page):
    page.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")


def by_shell(page):
    page.live = True
    page.save()


def by_queryset(page):
    HearingPage.objects.filter(pk=page.pk).update(live=True)


@pytest.mark.parametrize("publish", [by_editor, by_bulk_action, by_scheduled_command, by_shell, by_queryset])
def test_no_path_that_publishes_opens_a_shut_gate(finnish, publish):
    """Swedish lacks its four texts, whoever publishes it and how."""
    swedish = finnish.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.decided = ""
    swedish.slug = "loftet"
    swedish.save()
    publish(HearingPage.objects.get(pk=swedish.pk))
    assert HearingPage.objects.get(pk=swedish.pk).live
    assert state_of(finnish) == State.SCHEDULED
    gate.refresh(row_of(finnish))
    assert state_of(finnish) == State.SCHEDULED


@pytest.mark.parametrize("field", ["lead", "decided", "can_influence", "fixed", "use_of_answers"])
def test_each_of_the_texts_is_needed(finnish, field):
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    assert state_of(finnish) == State.OPEN
    Participation.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))
    setattr(finnish, field, "")
    finnish.save_revision().publish()
    report = gate.examine(row_of(finnish))
    assert field in next(status for status in report.languages if status.language == "fi").missing
    assert row_of(finnish).gate_met_at is None


def test_hand_made_translation_opens_when_an_editor_confirms_the_pair(finnish, editor):
    swedish = finnish.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.title, swedish.slug = "Servicelöftet", "loftet"
    swedish.save_revision().publish()
    assert state_of(finnish) == State.SCHEDULED
    acts.confirm_translation(participation=row_of(finnish), actor=editor, language="sv")
    assert state_of(finnish) == State.OPEN


def test_confirmation_holds_for_that_pair_of_revisions_only(finnish, editor):
    Participation.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))
    swedish = finnish.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.slug = "loftet"
    swedish.save_revision().publish()
    acts.confirm_translation(participation=row_of(finnish), actor=editor, language="sv")
    assert row_of(finnish).gate_met_at
    HearingPage.objects.get(pk=swedish.pk).save_revision().publish()
    assert row_of(finnish).gate_met_at is None


def test_unpublished_pair_cannot_be_confirmed(finnish, editor):
    with pytest.raises(ValidationError):
        acts.confirm_translation(participation=row_of(finnish), actor=editor, language="sv")


def test_changed_source_makes_the_other_language_stale_before_opening(finnish):
    Participation.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    assert row_of(finnish).gate_met_at
    page = HearingPage.objects.get(pk=finnish.pk)
    page.decided = "<p>Lautakunta päättää.</p>"
    page.save_revision().publish()
    swedish = next(one for one in gate.examine(row_of(finnish)).languages if one.language == "sv")
    assert swedish.stale
    assert not swedish.progress.is_full
    assert row_of(finnish).gate_met_at is None


def test_text_that_goes_stale_after_opening_closes_nothing(finnish):
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    page = HearingPage.objects.get(pk=finnish.pk)
    page.decided = "<p>Lautakunta päättää.</p>"
    page.save_revision().publish()
    assert state_of(finnish) == State.OPEN
    assert next(one for one in gate.examine(row_of(finnish)).languages if one.language == "sv").stale


def test_bilingual_row_without_swedish_keeps_the_gate_shut(finnish):
    Participation.objects.update(matter_sv="")
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    report = gate.examine(row_of(finnish))
    assert [names for _row, names in report.missing_rows] == [["matter_sv"]]
    assert state_of(finnish) == State.SCHEDULED


def test_text_that_one_language_could_do_without_is_needed_where_the_other_has_it(finnish):
    Participation.objects.update(deciding_body_fi="Aluevaltuusto", deciding_body_sv="")
    report = gate.examine(row_of(finnish))
    assert [names for _row, names in report.missing_rows] == [["deciding_body_sv"]]
    Participation.objects.update(deciding_body_fi="")
    assert gate.examine(row_of(finnish)).missing_rows == []


def test_waiver_needs_a_reason_in_both_languages(finnish, editor):
    with pytest.raises(ValidationError) as refusal:
        acts.waive(participation=row_of(finnish), actor=editor, reason_fi="Kiire", reason_sv=" ")
    assert set(refusal.value.message_dict) == {"reason_sv"}
    acts.waive(participation=row_of(finnish), actor=editor, reason_fi="Kiire", reason_sv="Brådskande")
    assert state_of(finnish) == State.OPEN
    act = ParticipationAct.objects.get(kind=ActKind.WAIVE)
    assert (act.actor, act.reason_sv) == (editor, "Brådskande")


def test_waiver_does_not_replace_the_texts(finnish, editor):
    finnish.decided = ""
    finnish.save_revision().publish()
    with pytest.raises(ValidationError):
        acts.waive(participation=row_of(finnish), actor=editor, reason_fi="Kiire", reason_sv="Brådskande")


def before_opening():
    Participation.objects.update(opens_at=timezone.now() + dt.timedelta(days=1))


def test_waiver_lapses_when_the_texts_go_before_opening(finnish, editor):
    before_opening()
    acts.waive(participation=row_of(finnish), actor=editor, reason_fi="Kiire", reason_sv="Brådskande")
    finnish.decided = ""
    finnish.save_revision().publish()
    assert row_of(finnish).gate_waived_at is None
    assert Entry.objects.filter(verb="participation.waiver_lapsed").exists()


def make_private(page, swedish):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def move_under_a_private_page(page, swedish):
    private = index("planning", "fi")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page.move(private, pos="last-child")


def forget_swedish_of_a_row(page, swedish):
    Participation.objects.update(matter_sv="")
    effects.fire_due()


@pytest.mark.parametrize("change", [make_private, move_under_a_private_page, forget_swedish_of_a_row])
def test_a_gate_that_was_met_is_shut_by_what_happens_before_opening(finnish, change):
    translation = start_translation(finnish)
    translate_everything(translation)
    with_commit(lambda: translation.save_target(publish=True))
    before_opening()
    assert row_of(finnish).gate_met_at
    change(HearingPage.objects.get(pk=finnish.pk), translation.get_target_instance())
    assert row_of(finnish).gate_met_at is None


def test_a_waiver_is_untouched_by_a_private_page_after_opening(finnish, editor):
    acts.waive(participation=row_of(finnish), actor=editor, reason_fi="Kiire", reason_sv="Brådskande")
    make_private(HearingPage.objects.get(pk=finnish.pk), None)
    assert row_of(finnish).gate_waived_at


def test_an_attachment_of_private_pages_is_private(finnish):
    attachment = AttachmentFactory(participation=row_of(finnish))
    assert attachment.is_public()
    make_private(HearingPage.objects.get(pk=finnish.pk), None)
    assert not attachment.is_public()


def test_deleting_every_page_leaves_the_row(finnish):
    row = row_of(finnish)
    finnish.delete()
    row.refresh_from_db()
    assert row.published_at is None
    assert row.state == State.DRAFT
