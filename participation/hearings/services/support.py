"""Supporting a comment: one per person or device, kept to that by the database."""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from participation.processes.device_keys import device_key_in
from participation.processes.enums import DeviceUse, ModerationMode
from participation.processes.permissions import refusal
from participation.processes.services.contributions import closed_long_ago
from portal.accounts.models import User
from portal.core.limits import hit

from ..errors import SupportRefused
from ..models import Comment, Support
from .drafts import Sender

FORGOTTEN = "forgotten "


@transaction.atomic
def support(*, comment_id: uuid.UUID, sender: Sender) -> bool:
    """True when it was counted, False when it had been counted before; raises `SupportRefused`.

    A person counts once with and without an account: what was given on this device becomes the account's, and
    on a device where an account has supported nobody supports without one.

    Devices without an account are counted up to SUPPORT_LIMIT_PER_ADDRESS from one network in an hour, and up
    to SUPPORT_LIMIT_PER_COMMENT of them for one comment: dropping the cookie makes no crowd.
    """
    comment = _locked(_supportable(comment_id, sender))
    device = _device(sender, comment)
    on_device = Support.objects.filter(comment=comment, device_key=device).exclude(device_key="")
    if sender.user is None:
        if on_device.exists():
            return False
        _check_address(sender, comment)
    elif _counted_before(comment, sender.user, on_device.filter(user=None)):
        return False
    Support.objects.create(comment=comment, user=sender.user, device_key=device)
    _count(comment, 1)
    return True


def _locked(comment: Comment) -> Comment:
    """Its supporters wait for one another, as they would for its count; moderators and writers do not."""
    Comment.objects.select_for_update(of=("self",), no_key=True).values_list("support_count").get(
        pk=comment.pk
    )
    return comment


def _counted_before(comment: Comment, user: User, on_device: QuerySet[Support]) -> bool:
    """Whether this person's support is there, by account or on the device; in the end it is the account's."""
    if Support.objects.filter(comment=comment, user=user).exists():
        _count(comment, -on_device.delete()[0])
        return True
    return bool(on_device.update(user=user))


def _count(comment: Comment, change: int) -> None:
    if change:
        Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") + change)


@transaction.atomic
def unsupport(*, comment_id: uuid.UUID, sender: Sender) -> bool:
    """Takes the support back while the hearing is open; False when there was none."""
    comment = _locked(_supportable(comment_id, sender))
    device = _device(sender, comment)
    mine = Q(user=sender.user) if sender.user else Q(user=None, device_key=device) & ~Q(device_key="")
    taken, _by_model = Support.objects.filter(mine, comment=comment).delete()
    _count(comment, -taken)
    return bool(taken)


@transaction.atomic
def forget_supporter(user: User) -> int:
    """A closed account's support goes on counting once, as that of a device nobody has."""
    given = list(Support.objects.filter(user=user))
    for support_row in given:
        support_row.user, support_row.device_key = None, secrets.token_hex(32)
    Support.objects.bulk_update(given, ["user", "device_key"])
    return len(given)


def forget_devices(now: dt.datetime | None = None) -> int:
    """Supports go on counting; which of them came from one device is known no longer."""
    old = Support.objects.filter(comment__participation__in=closed_long_ago(now))
    of_accounts = old.filter(user__isnull=False).exclude(device_key="").update(device_key="")
    forgotten = Concat(Value(FORGOTTEN), Cast("pk", CharField()))
    of_devices = old.filter(user=None).exclude(device_key__startswith=FORGOTTEN)
    return of_accounts + of_devices.update(device_key=forgotten)


def _device(sender: Sender, comment: Comment) -> str:
    return device_key_in(comment.public_id, DeviceUse.SUPPORTING, sender.device_key)


def _supportable(comment_id: uuid.UUID, sender: Sender) -> Comment:
    """A comment of the public, where whoever may comment may support: same moment, same level."""
    found = Comment.objects.published().filter(public_id=comment_id)
    comment = found.select_related("participation__hearing", "part").first()
    if comment is None or comment.is_official:
        raise SupportRefused
    hearing = comment.participation.hearing
    shown = hearing.moderation_mode in (ModerationMode.AT_ONCE, ModerationMode.AFTER_MODERATION)
    refused = refusal(hearing, user=sender.user, moment=timezone.now(), part=comment.part)
    if refused is not None or not (shown and hearing.support_allowed):
        raise SupportRefused
    return comment


def _check_address(sender: Sender, comment: Comment) -> None:
    if not sender.device_key:
        raise SupportRefused
    if not sender.address_key:
        return
    window = settings.COMMENT_LIMIT_WINDOW_SECONDS
    if hit("support.address", sender.address_key, window) > settings.SUPPORT_LIMIT_PER_ADDRESS:
        raise SupportRefused
    if (
        hit("support.comment", f"{sender.address_key} {comment.pk}", window)
        > settings.SUPPORT_LIMIT_PER_COMMENT
    ):
        raise SupportRefused
