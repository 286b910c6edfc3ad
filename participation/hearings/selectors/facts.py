"""The key facts of a hearing: one row with what hangs on it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.models import Page

from participation.processes.enums import (
    ActKind,
    AttachmentLanguage,
    LifeStage,
    MeansOfParticipation,
    ModerationMode,
    State,
    TargetGroup,
)
from participation.processes.models import (
    Attachment,
    Participation,
    ParticipationAct,
    TranslationConfirmation,
)
from participation.processes.state import contributions_are_shown
from portal.core.collation import sort_key
from portal.core.models import AuthorityProfile, ContactPerson, Municipality

from ..models import Hearing, HearingPage

NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
RELATED = ("legal_basis", "unit", "preparer", "presenter", "service_area")
SHOWN_ACTS = (ActKind.WAIVE, ActKind.EXTEND, ActKind.REOPEN, ActKind.CANCEL, ActKind.ANSWER)


def hearing_of(page: HearingPage) -> Hearing:
    """The page's hearing with its facts, and with `is_behind`: its source was published after this page.

    A page that an editor has confirmed to say the same as its source is not behind.
    """
    source = Page.objects.filter(
        translation_key=OuterRef("translation_key"),
        locale__language_code=OuterRef("source_language"),
        live=True,
    ).exclude(pk=page.pk)
    confirmed = TranslationConfirmation.objects.filter(
        participation=OuterRef(OuterRef("pk")),
        source_revision=OuterRef("live_revision"),
        target_revision=page.live_revision_id,
    )
    since = page.last_published_at or NEVER
    newer = source.filter(last_published_at__gt=since).filter(~Exists(confirmed))
    rows = Hearing.objects.select_related(*RELATED).annotate(is_behind=Exists(newer))
    found = rows.filter(translation_key=page.translation_key).first()
    # A page that is previewed before its first saving has no row yet.
    return found or Hearing(translation_key=page.translation_key)


def why_not_shown(hearing: Participation, state: State) -> str:
    if contributions_are_shown(hearing.moderation_mode, state) or state in (State.DRAFT, State.SCHEDULED):
        return ""
    if hearing.moderation_mode == ModerationMode.AFTER_CLOSING:
        return _("The comments are shown when the hearing has closed.")
    return _("The comments are not shown one by one. They are summarised in the report.")


def moderation_note(hearing: Participation) -> str:
    """When a comment is shown, said beside the form."""
    notes = {
        ModerationMode.AT_ONCE: _("Your comment is shown on this page at once."),
        ModerationMode.AFTER_MODERATION: _("A moderator reads your comment before it is shown on this page."),
        ModerationMode.AFTER_CLOSING: _("The comments are shown when the hearing has closed."),
        ModerationMode.SUMMARY_ONLY: _("Your comment is read and summarised. It is not shown on this page."),
    }
    return notes[ModerationMode(hearing.moderation_mode)]


def key_facts(hearing: Hearing, state: State, concerned: Iterable[str]) -> dict[str, Any]:
    """What includes/key_facts.html takes, but for `accepting`."""
    shown = contributions_are_shown(hearing.moderation_mode, state)
    basis = hearing.legal_basis
    return {
        "state": state.value,
        "form": hearing.get_form_display(),
        "opens_at": hearing.opens_at,
        "closes_at": hearing.closes_at,
        "answered_at": hearing.answered_at if state == State.ANSWERED else None,
        "cancelled_at": hearing.cancelled_at,
        "comment_count": hearing.published_count if shown else None,
        "matter": hearing.text("matter"),
        "diary_number": hearing.diary_number,
        "deciding_body": hearing.text("deciding_body"),
        "planned_meeting": hearing.planned_meeting,
        "planned_answer": hearing.planned_answer,
        "unit": hearing.unit.text("name") if hearing.unit else "",
        "preparer": _person(hearing.preparer),
        "presenter": _person(hearing.presenter),
        "legal_basis": {"text": str(basis), "url": basis.text("link")} if basis else None,
        "service_area": hearing.service_area.text("name") if hearing.service_area else "",
        "target_groups": _labels(TargetGroup, hearing.target_groups),
        "life_stages": _labels(LifeStage, hearing.life_stages),
        "means": _labels(MeansOfParticipation, hearing.means),
        "municipalities": list(concerned),
    }


def _person(person: ContactPerson | None) -> str:
    return f"{person.name}, {person.text('title')}" if person else ""


def _labels(choices: type[models.TextChoices], values: Iterable[str]) -> list[str]:
    known = dict(choices.choices)
    return [str(known[value]) for value in values if value in known]


def municipalities(hearing: Hearing | None, language: str) -> tuple[list[tuple[str, str]], list[str]]:
    """In one query: the authority's municipalities as choices, and the names of those concerned."""
    authority = AuthorityProfile.municipalities.through.objects.filter(municipality=OuterRef("pk"))
    concerned = Participation.municipalities.through.objects.filter(
        municipality=OuterRef("pk"), participation=hearing.pk if hearing else None
    )
    rows = Municipality.objects.annotate(of_authority=Exists(authority), concerned=Exists(concerned))
    found = sorted(
        rows.filter(Q(of_authority=True) | Q(concerned=True)),
        key=lambda row: sort_key(row.name(language), language),
    )
    choices = [(row.code, row.name(language)) for row in found if row.of_authority]
    return choices, [row.name(language) for row in found if row.concerned]


def contact_persons(hearing: Hearing) -> Iterable[ContactPerson]:
    return hearing.contact_persons.select_related("unit") if hearing.pk else ()


def notices(hearing: Hearing, language: str) -> list[dict[str, str]]:
    """Reasons that staff gave for what they changed, and a note when this language lags behind."""
    titles = {
        ActKind.WAIVE: _("Not everything is in both languages"),
        ActKind.EXTEND: _("The time to comment has been extended"),
        ActKind.REOPEN: _("The hearing has been opened again"),
        ActKind.CANCEL: _("The hearing has been cancelled"),
        ActKind.ANSWER: _("The answer is not in both languages"),
    }
    acts = ParticipationAct.objects.filter(participation_id=hearing.pk, kind__in=SHOWN_ACTS).order_by(
        "at", "id"
    )
    found = [
        {
            "title": titles[ActKind(act.kind)],
            "text": act.text("reason", language),
            "level": "warning" if act.kind == ActKind.CANCEL else "info",
        }
        for act in acts
        if act.text("reason", language) and (act.kind != ActKind.WAIVE or hearing.gate_waived_at)
    ]
    if getattr(hearing, "is_behind", False):
        text = _(
            "The text in the other language has been changed after this one. The translation is under way."
        )
        found.append({"title": _("This text may be out of date"), "text": text, "level": "info"})
    return found


def attachments(hearing: Hearing, language: str) -> dict[int | None, list[dict[str, Any]]]:
    """What includes/attachments.html takes, by the key of the part; None for the whole hearing."""
    found: dict[int | None, list[dict[str, Any]]] = {}
    for row in Attachment.objects.filter(participation_id=hearing.pk).select_related("document"):
        document = row.document
        here = row.language in (AttachmentLanguage.BOTH, language)
        found.setdefault(row.part_id, []).append(
            {
                "title": row.text("title", language),
                "url": document.url,
                "summary": row.text("summary", language),
                "language": row.language,
                "missing_here": not here,
                "type": document.file_extension.upper(),
                "size": filesizeformat(document.file_size) if document.file_size else "",
            }
        )
    return found
