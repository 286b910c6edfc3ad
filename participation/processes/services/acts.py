"""Staff acts that change a fact of a participation: who, when, why, before and after, in one transaction."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import record
from portal.core.models import AuthorityProfile
from portal.core.page_cache import purge_on_commit

from ..enums import ActKind, State
from ..models import Participation, ParticipationAct, TranslationConfirmation
from . import gate, translations
from .pages import pages_of
from .settings_checks import check_promise, check_shortest_time


def _locked(participation: Participation) -> Participation:
    return Participation.objects.select_for_update().get(pk=participation.pk)


def _require_reason(reason_fi: str, reason_sv: str) -> None:
    errors = {}
    wanted = AuthorityProfile.load().languages
    if "fi" in wanted and not reason_fi.strip():
        errors["reason_fi"] = _("Write the reason in Finnish: it is shown on the page.")
    if "sv" in wanted and not reason_sv.strip():
        errors["reason_sv"] = _("Write the reason in Swedish: it is shown on the page.")
    if errors:
        raise ValidationError(errors)


def _require_state(participation: Participation, *states: State) -> dt.datetime:
    """The moment of the act, once the row is locked and its state at that moment is one of these."""
    now = timezone.now()
    state = participation.state_at(now)
    if state not in states:
        raise ValidationError(
            _("This cannot be done while the state is “%(state)s”. Possible when it is: %(states)s."),
            code="state",
            params={"state": state.label, "states": ", ".join(str(one.label) for one in states)},
        )
    return now


def record_act(
    participation: Participation,
    kind: ActKind,
    actor: User | None,
    *,
    reason_fi: str = "",
    reason_sv: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> ParticipationAct:
    """The act's row, its audit entry and the purge of cached pages; inside the caller's transaction."""
    act = ParticipationAct.objects.create(
        participation_id=participation.pk,
        kind=kind,
        actor=actor,
        at=timezone.now(),
        reason_fi=reason_fi.strip(),
        reason_sv=reason_sv.strip(),
        before=dict(before or {}),
        after=dict(after or {}),
    )
    record(
        verb=f"participation.{kind}",
        actor=actor,
        kind="participation",
        public_id=str(participation.public_id),
        participation=participation,
    )
    purge_on_commit()
    return act


def _text(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _change_facts(row: Participation, **facts: dt.datetime | None) -> tuple[dict, dict]:
    before = {name: _text(getattr(row, name)) for name in facts}
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    return before, {name: _text(value) for name, value in facts.items()}


@transaction.atomic
def waive(*, participation: Participation, actor: User, reason_fi: str, reason_sv: str) -> ParticipationAct:
    """Lets the participation open though a language is not complete; the reason is shown on the page."""
    row = _locked(participation)
    _require_reason(reason_fi, reason_sv)
    now = _require_state(row, State.DRAFT, State.SCHEDULED)
    if not gate.examine(row).texts_complete:
        raise ValidationError(
            _("One language must have all its texts and be published before the others can be waived.")
        )
    before, after = _change_facts(row, gate_waived_at=now)
    return record_act(
        row, ActKind.WAIVE, actor, reason_fi=reason_fi, reason_sv=reason_sv, before=before, after=after
    )


@transaction.atomic
def extend(
    *, participation: Participation, actor: User, closes_at: dt.datetime, reason_fi: str, reason_sv: str
) -> ParticipationAct:
    row = _locked(participation)
    _require_reason(reason_fi, reason_sv)
    _require_state(row, State.OPEN)
    if row.closes_at is None or closes_at <= row.closes_at:
        raise ValidationError({"closes_at": _("The new closing time must be later than the present one.")})
    before, after = _change_facts(row, closes_at=closes_at)
    return record_act(
        row, ActKind.EXTEND, actor, reason_fi=reason_fi, reason_sv=reason_sv, before=before, after=after
    )


@transaction.atomic
def reopen(
    *, participation: Participation, actor: User, closes_at: dt.datetime, reason_fi: str, reason_sv: str
) -> ParticipationAct:
    """Opens a closed or answered participation again; an answer given earlier stays in the act."""
    row = _locked(participation)
    _require_reason(reason_fi, reason_sv)
    now = _require_state(row, State.CLOSED, State.ANSWERED)
    if closes_at <= now:
        raise ValidationError({"closes_at": _("The new closing time must be in the future.")})
    before, after = _change_facts(row, closes_at=closes_at, answered_at=None)
    return record_act(
        row, ActKind.REOPEN, actor, reason_fi=reason_fi, reason_sv=reason_sv, before=before, after=after
    )


@transaction.atomic
def cancel(*, participation: Participation, actor: User, reason_fi: str, reason_sv: str) -> ParticipationAct:
    row = _locked(participation)
    _require_reason(reason_fi, reason_sv)
    now = _require_state(row, State.SCHEDULED, State.OPEN, State.CLOSED)
    before, after = _change_facts(row, cancelled_at=now)
    return record_act(
        row, ActKind.CANCEL, actor, reason_fi=reason_fi, reason_sv=reason_sv, before=before, after=after
    )


@transaction.atomic
def answer(
    *, participation: Participation, actor: User, reason_fi: str = "", reason_sv: str = ""
) -> ParticipationAct:
    """Marks what came of it as told; a language without the text needs a reason."""
    row = _locked(participation)
    now = _require_state(row, State.CLOSED)
    unready = unanswered_languages(row)
    if unready:
        if len(unready) == len(AuthorityProfile.load().languages):
            raise ValidationError(
                _("Write and publish what came of it on the page before marking it as answered.")
            )
        _require_reason(reason_fi, reason_sv)
    before, after = _change_facts(row, answered_at=now)
    return record_act(
        row, ActKind.ANSWER, actor, reason_fi=reason_fi, reason_sv=reason_sv, before=before, after=after
    )


def unanswered_languages(participation: Participation) -> list[str]:
    """Public languages in which the answer is not published, or lags behind its source."""
    report = gate.examine(participation)
    return [
        status.language
        for status in report.languages
        if status.page is None
        or not status.live
        or status.stale
        or "segments" in status.missing
        or not all(gate.has_text(getattr(status.page, name)) for name in status.page.answer_fields)
    ]


@transaction.atomic
def confirm_translation(
    *, participation: Participation, actor: User, language: str
) -> TranslationConfirmation:
    """An editor's word that the published pages of these two languages say the same."""
    row = _locked(participation)
    pages = pages_of(row)
    source_language = translations.source_language_of(list(pages.values()), row.source_language)
    source, page = pages.get(source_language), pages.get(language)
    if source is None or page is None or not source.live_revision_id or not page.live_revision_id:
        raise ValidationError(_("Both language versions must be published before they can be confirmed."))
    if source == page:
        raise ValidationError(_("The original language needs no confirmation."))
    confirmation, _created = TranslationConfirmation.objects.get_or_create(
        participation=row,
        language=language,
        source_revision=source.live_revision_id,
        target_revision=page.live_revision_id,
        defaults={"confirmed_by": actor},
    )
    record_act(row, ActKind.CONFIRM, actor, after={"language": language})
    gate.refresh(row)
    return confirmation


@transaction.atomic
def review(*, participation: Participation, actor: User) -> ParticipationAct:
    """One review of both languages: the revisions that were looked at are kept."""
    row = _locked(participation)
    revisions = {code: page.latest_revision_id for code, page in pages_of(row).items()}
    return record_act(row, ActKind.REVIEW, actor, after={"revisions": revisions})


FIXED_AFTER_OPENING = frozenset({"opens_at", "closes_at"})


@transaction.atomic
def change_settings(
    *,
    participation: Participation,
    actor: User | None,
    changes: Mapping[str, Any],
    related: Mapping[str, list] | None = None,
    also: Callable[[], None] | None = None,
) -> ParticipationAct | None:
    """Saves changed columns and many-to-many rows (`related`), then looks at the gate again.

    `participation` is the child row of its kind. `also` saves what belongs to the same form (attachments,
    parts). Returns None when nothing changed. Dates of something that has opened are changed by `extend` and
    `reopen` alone.
    """
    locked = _locked(participation)
    check_promise(locked, changes.get("moderation_mode", locked.moderation_mode))
    changed = {name: value for name, value in changes.items() if getattr(participation, name) != value}
    fixed = FIXED_AFTER_OPENING & set(changed)
    if fixed and locked.has_opened:
        raise ValidationError(
            {name: _("It has already opened: extend the time or reopen it, with a reason.") for name in fixed}
        )
    before = {name: _plain(getattr(participation, name)) for name in changed}
    for name, value in changed.items():
        setattr(participation, name, value)
    check_shortest_time(participation)
    participation.full_clean(exclude=["translation_key"])
    # Nothing else: the caller's row may be older than the lock, its counts and facts with it.
    participation.save(update_fields=list(changed))
    for name, rows in (related or {}).items():
        manager = getattr(participation, name)
        if {row.pk for row in rows} != set(manager.values_list("pk", flat=True)):
            before[name] = sorted(str(row) for row in manager.all())
            manager.set(rows)
            changed[name] = sorted(str(row) for row in rows)
    if also is not None:
        also()
    gate.refresh(participation)
    if not changed and also is None:
        return None
    after = {name: _plain(value) for name, value in changed.items()}
    return record_act(participation, ActKind.SETTINGS, actor, before=before, after=after)


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)
