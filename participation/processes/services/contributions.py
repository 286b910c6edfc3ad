"""What every kind of contribution goes through: created, moderated, redacted, taken back, destroyed.

Each service is one transaction. The participation's row is locked first, then the contribution's, always in
that order, so that writers and moderators never wait for each other in a circle; under that lock the counts
of the participation and the part stay right, and `contribution_changed` is sent.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.services import record
from portal.core.page_cache import purge_on_commit
from portal.mail.services import erase_related

from ..enums import LEFT_STATES, ModerationState
from ..models import Contribution, ContributorAddress, Part, Participation
from ..signals import contribution_changed


def lock_participation(participation_id: int) -> Participation:
    """The participation as it is now; others who write to it wait until this transaction ends."""
    return Participation.objects.select_for_update(no_key=True).get(pk=participation_id)


def locked(contribution: Contribution) -> Contribution:
    """Contribution and participation as they are now, both locked in the right order."""
    participation = lock_participation(contribution.participation_id)
    row = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    row.participation = participation
    return row


@transaction.atomic
def create(contribution: Contribution) -> Contribution:
    """Saves a new contribution; the caller holds the participation's lock and has decided its state."""
    contribution.save(force_insert=True)
    _count(contribution, received=1, published=int(contribution.is_public))
    if contribution.is_public:
        purge_on_commit()
    contribution_changed.send(sender=Contribution, contribution=contribution, change="created")
    return contribution


@transaction.atomic
def set_moderation_state(
    *, contribution: Contribution, state: ModerationState, actor: User | None = None, reason: str = ""
) -> Contribution:
    """Moves a contribution between pending, published and hidden. The moderation act records who and why."""
    row = locked(contribution)
    if row.moderation_state in LEFT_STATES or state in LEFT_STATES:
        raise ValueError(f"{row} is {row.moderation_state}: moderation cannot make it {state}.")
    hidden_reason = reason if state == ModerationState.HIDDEN else ""
    _change(row, "moderated", moderation_state=state, hidden_reason=hidden_reason)
    return _mirror(contribution, row)


@transaction.atomic
def redact(*, contribution: Contribution, text: str, actor: User | None = None) -> Contribution:
    """Changes what is shown; the original stays. Showing the original again undoes the redaction."""
    row = locked(contribution)
    redacted_at = None if text == row.original_text else timezone.now()
    _change(row, "redacted", public_text=text, redacted_at=redacted_at)
    return _mirror(contribution, row)


@transaction.atomic
def cover_name(*, contribution: Contribution, actor: User | None = None) -> Contribution:
    """No name is shown any more; it is kept beside, as the original of a redacted text is."""
    row = locked(contribution)
    if row.display_name:
        _change(row, "redacted", display_name="", covered_name=row.display_name)
    return _mirror(contribution, row)


@transaction.atomic
def show_name(*, contribution: Contribution, actor: User | None = None) -> Contribution:
    """Undoes the covering of a name."""
    row = locked(contribution)
    if row.covered_name:
        _change(row, "redacted", display_name=row.covered_name, covered_name="")
    return _mirror(contribution, row)


@transaction.atomic
def withdraw(*, contribution: Contribution) -> Contribution:
    """The writer takes back what they said: it leaves public view and later reports at once."""
    return _leave(contribution, ModerationState.WITHDRAWN, "withdrawn")


@transaction.atomic
def request_removal(*, contribution: Contribution) -> Contribution:
    """The writer asks that the text be removed: it leaves as when withdrawn, with the request on record."""
    return _leave(contribution, ModerationState.REMOVED, "removed")


def _leave(contribution: Contribution, state: ModerationState, change: str) -> Contribution:
    row = locked(contribution)
    if row.destroyed_at is None and row.moderation_state not in (state, ModerationState.REMOVED):
        _change(row, change, moderation_state=state, left_at=row.left_at or timezone.now())
    return _mirror(contribution, row)


@transaction.atomic
def destroy(*, contribution: Contribution, actor: User | None = None, decision: str = "") -> Contribution:
    """Empties the texts for good: by retention once it has left, or by an official's decision.

    `decision` is the diary number of the decision. The row stays, so that replies, counts and the log hold.
    """
    if actor is not None and not decision.strip():
        raise ValueError("Destroying a contribution needs the diary number of the decision.")
    row = locked(contribution)
    if actor is None and row.moderation_state not in LEFT_STATES:
        raise ValueError(
            f"{row} is {row.moderation_state}: retention destroys only what has been taken back."
        )
    if row.destroyed_at is None:
        state = row.moderation_state if row.moderation_state in LEFT_STATES else ModerationState.REMOVED
        emptied = dict.fromkeys(
            ("original_text", "public_text", "display_name", "covered_name", "device_key", "text_key"), ""
        )
        now = timezone.now()
        left = {"moderation_state": state, "left_at": row.left_at or now, "destroyed_at": now}
        if decision:
            left["diary_number"] = decision.strip()
        _change(row, "destroyed", **emptied, **left)
        ContributorAddress.objects.filter(contribution=row).delete()
        erase_related(row)
        record(
            verb="contribution.destroyed",
            actor=actor,
            obj=row,
            kind="contribution",
            participation=row.participation,
        )
    return _mirror(contribution, row)


@transaction.atomic
def forget_author(user: User) -> int:
    """Cuts the tie between a person and what they wrote; the words stay. Answers how many contributions.

    A name that was shown goes too, except on the authority's own answers, where it is an office holder's.
    """
    written = list(Contribution.objects.filter(author=user).order_by("participation_id", "pk"))
    for contribution in written:
        row = locked(contribution)
        is_named = bool(row.display_name or row.covered_name) and not row.is_official
        values = {"author": None} | ({"display_name": "", "covered_name": ""} if is_named else {})
        _change(row, "pseudonymised" if is_named else "unlinked", **values)
        ContributorAddress.objects.filter(contribution=row).delete()
        erase_related(row)
    return len(written)


def destroy_due(now: dt.datetime | None = None) -> int:
    """The retention job: destroys what was taken back REMOVED_TEXT_DAYS ago; returns how many."""
    before = (now or timezone.now()) - dt.timedelta(days=settings.REMOVED_TEXT_DAYS)
    due = Contribution.objects.filter(
        moderation_state__in=LEFT_STATES, left_at__lte=before, destroyed_at=None
    ).order_by("pk")
    done = 0
    for contribution in list(due):
        destroy(contribution=contribution)
        done += 1
    return done


def erase_addresses(now: dt.datetime | None = None) -> int:
    """The schedule of writers' addresses: erases those that are due, with the messages sent to them."""
    due = ContributorAddress.objects.filter(erase_after__lte=now or timezone.now())
    done = 0
    for address in list(due.select_related("contribution")):
        with transaction.atomic():
            erase_related(address.contribution)
            address.delete()
        done += 1
    return done


def closed_long_ago(now: dt.datetime | None = None) -> QuerySet[Participation]:
    """Participations that closed DEVICE_KEY_DAYS ago: nothing is left to recognise a device for."""
    before = (now or timezone.now()) - dt.timedelta(days=settings.DEVICE_KEY_DAYS)
    return Participation.objects.filter(closes_at__lt=before)


def forget_devices(now: dt.datetime | None = None) -> int:
    """Cuts what ties the contributions of one device together; later reports do not know their writers."""
    old = Contribution.objects.filter(participation__in=closed_long_ago(now)).exclude(device_key="")
    return old.update(device_key="")


def _change(row: Contribution, change: str, **values: Any) -> None:
    was_public = row.is_public
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    _count(row, published=int(row.is_public) - int(was_public))
    if was_public or row.is_public:
        purge_on_commit()
    contribution_changed.send(sender=Contribution, contribution=row, change=change)


def _count(row: Contribution, *, received: int = 0, published: int = 0) -> None:
    if received or published:
        Participation.objects.filter(pk=row.participation_id).update(
            received_count=F("received_count") + received, published_count=F("published_count") + published
        )
    if published and row.part_id:
        Part.objects.filter(pk=row.part_id).update(published_count=F("published_count") + published)


def _mirror(given: Contribution, row: Contribution) -> Contribution:
    """The caller's object says what the row now says; a child object (`Comment`) stays what it is."""
    for field in Contribution._meta.concrete_fields:
        setattr(given, field.attname, getattr(row, field.attname))
    return given
