"""What moderators do to contributions: each act one transaction with its row, audit entry and message."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from participation.processes.enums import LEFT_STATES, ModerationState
from participation.processes.models import Contribution
from participation.processes.services import contributions
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.page_cache import purge_on_commit

from ..enums import ACTS_IN_BULK, ACTS_WITH_REASON, ActKind, Reason
from ..errors import ContributionMeanwhileChanged, ModerationRefused
from ..models import AbuseReport, ModerationAct, ReviewRequest
from .messages import tell_writer


def version_of(contribution: Contribution) -> str:
    """What a moderator saw; comes back with the decision, so that nobody decides on what has changed."""
    seen = f"{contribution.display_name}\x1f{contribution.public_text}"
    digest = hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{contribution.moderation_state}.{digest[:16]}"


@transaction.atomic
def approve(
    *, contribution: Contribution, actor: User, note: str = "", expected: str | None = None
) -> ModerationAct:
    """Shows a waiting contribution, when and as far as its participation shows contributions."""
    row = _locked(contribution, expected)
    if row.moderation_state != ModerationState.PENDING:
        raise ModerationRefused(_("Only a contribution that waits for moderation can be approved."))
    return _set_state(row, ModerationState.PUBLISHED, ActKind.APPROVE, actor, note=note)


@transaction.atomic
def hide(
    *, contribution: Contribution, actor: User, reason: str, note: str = "", expected: str | None = None
) -> ModerationAct:
    row = _locked(contribution, expected)
    _require_reason(reason, note)
    if row.moderation_state == ModerationState.HIDDEN:
        raise ModerationRefused(_("This is hidden already."))
    return _set_state(row, ModerationState.HIDDEN, ActKind.HIDE, actor, reason=reason, note=note)


@transaction.atomic
def restore(
    *, contribution: Contribution, actor: User, note: str = "", expected: str | None = None
) -> ModerationAct:
    row = _locked(contribution, expected)
    if row.moderation_state != ModerationState.HIDDEN:
        raise ModerationRefused(_("Only a hidden contribution can be restored."))
    return _set_state(row, ModerationState.PUBLISHED, ActKind.RESTORE, actor, note=note)


@transaction.atomic
def redact(
    *,
    contribution: Contribution,
    actor: User,
    text: str,
    reason: str,
    note: str = "",
    publish: bool = False,
    expected: str | None = None,
) -> ModerationAct:
    """Changes what is shown; what the writer sent stays beside it. The original text undoes a redaction.

    `publish` shows a waiting or hidden contribution in the same act.
    """
    row = _locked(contribution, expected)
    _require_reason(reason, note)
    if not text.strip():
        raise ModerationRefused(_("Nothing would be left of the text. Hide the contribution instead."))
    if text == row.public_text:
        raise ModerationRefused(_("The text shown is the same as before. Cover something in it first."))
    before = row.moderation_state
    contributions.redact(contribution=row, text=text, actor=actor)
    if publish and before != ModerationState.PUBLISHED:
        contributions.set_moderation_state(contribution=row, state=ModerationState.PUBLISHED, actor=actor)
    return _finish(row, ActKind.REDACT, actor, before, reason=reason, note=note)


@transaction.atomic
def cover_name(
    *, contribution: Contribution, actor: User, reason: str, note: str = "", expected: str | None = None
) -> ModerationAct:
    """Takes the name away and leaves the text; the name is kept beside."""
    row = _locked(contribution, expected)
    _require_reason(reason, note)
    if not row.display_name or row.is_official:
        raise ModerationRefused(_("No name of a writer is shown with this."))
    contributions.cover_name(contribution=row, actor=actor)
    return _finish(row, ActKind.COVER_NAME, actor, row.moderation_state, reason=reason, note=note)


@transaction.atomic
def show_name(
    *, contribution: Contribution, actor: User, note: str = "", expected: str | None = None
) -> ModerationAct:
    row = _locked(contribution, expected)
    if not row.is_name_covered:
        raise ModerationRefused(_("The name has not been covered."))
    contributions.show_name(contribution=row, actor=actor)
    return _finish(row, ActKind.SHOW_NAME, actor, row.moderation_state, note=note)


@transaction.atomic
def keep(
    *, contribution: Contribution, actor: User, note: str = "", expected: str | None = None
) -> ModerationAct:
    """Answers reports and requests for review by leaving the contribution as it is."""
    row = _locked(contribution, expected)
    asked = row.abuse_reports.unhandled().exists() or row.review_requests.unhandled().exists()
    if not asked:
        raise ModerationRefused(_("Nobody has reported this or asked for a review of it."))
    return _finish(row, ActKind.KEEP, actor, row.moderation_state, note=note)


def _locked(contribution: Contribution, expected: str | None) -> Contribution:
    """The row as it is now, under lock; refused when it is not what the moderator saw, or has left."""
    row = contributions.locked(contribution)
    if expected is not None and expected != version_of(row):
        last = ModerationAct.objects.filter(contribution=row).select_related("by").first()
        raise ContributionMeanwhileChanged(row, last, get_language() or "fi")
    if row.moderation_state in LEFT_STATES or row.destroyed_at is not None:
        raise ModerationRefused(_("The writer has taken this back: there is nothing left to moderate."))
    return row


def _require_reason(reason: str, note: str) -> None:
    if reason not in Reason.values:
        raise ModerationRefused(_("Choose a reason: it is told to the writer."))
    if reason == Reason.OTHER and not note.strip():
        raise ModerationRefused(_("Write to the writer what the other reason is."))


def _set_state(
    row: Contribution, state: ModerationState, kind: ActKind, actor: User, *, reason: str = "", note: str = ""
) -> ModerationAct:
    before = row.moderation_state
    contributions.set_moderation_state(contribution=row, state=state, reason=reason, actor=actor)
    return _finish(row, kind, actor, before, reason=reason, note=note)


def _finish(
    row: Contribution, kind: ActKind, actor: User, before: str, *, reason: str = "", note: str = ""
) -> ModerationAct:
    row.refresh_from_db(fields=["moderation_state"])
    asked_for_review = row.review_requests.unhandled().exists()
    act = ModerationAct.objects.create(
        contribution=row,
        kind=kind,
        reason=reason,
        note=note.strip(),
        state_before=before,
        state_after=row.moderation_state,
        by=actor,
    )
    for model in (AbuseReport, ReviewRequest):
        model.objects.filter(contribution=row, handled_at=None).update(
            handled_at=timezone.now(), handled_by=actor
        )
    record(
        verb=f"moderation.{kind}", actor=actor, obj=row, kind="contribution", participation=row.participation
    )
    # The public log counts what nobody has seen on a page, too.
    purge_on_commit()
    if kind != ActKind.KEEP or asked_for_review:
        tell_writer(act)
    return act


ACTS: dict[ActKind, Callable[..., ModerationAct]] = {
    ActKind.APPROVE: approve,
    ActKind.HIDE: hide,
    ActKind.REDACT: redact,
    ActKind.RESTORE: restore,
    ActKind.KEEP: keep,
    ActKind.COVER_NAME: cover_name,
    ActKind.SHOW_NAME: show_name,
}


@dataclass(slots=True)
class BulkResult:
    """What became of many acts: each was tried by itself, and one refused leaves the others done."""

    done: list[UUID] = field(default_factory=list)
    refused: list[tuple[UUID, str]] = field(default_factory=list)


def moderate_many(
    *,
    chosen: Iterable[tuple[UUID, str]],
    kind: ActKind,
    actor: User,
    reason: str = "",
    note: str = "",
) -> BulkResult:
    """Does one act to each of `chosen`, pairs of public id and the version seen; a transaction for each."""
    if kind not in ACTS_IN_BULK:
        raise ValueError(f"{kind} is decided one by one")
    extra = {"reason": reason} if kind in ACTS_WITH_REASON else {}
    result = BulkResult()
    for public_id, expected in chosen:
        try:
            contribution = Contribution.objects.get(public_id=public_id)
            ACTS[kind](contribution=contribution, actor=actor, note=note, expected=expected, **extra)
        except Contribution.DoesNotExist:
            result.refused.append((public_id, _("This contribution no longer exists.")))
        except ModerationRefused as refused:
            result.refused.append((public_id, str(refused)))
        else:
            result.done.append(public_id)
    return result
