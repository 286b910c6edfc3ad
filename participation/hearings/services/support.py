"""Supporting a comment: one per person or device, kept to that by the database."""

import datetime as dt
import secrets
import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Q, Value
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

    Devices without an account are counted up to SUPPORT_LIMIT_PER_ADDRESS from one network in an hour, and up
    to SUPPORT_LIMIT_PER_COMMENT of them for one comment: dropping the cookie makes no crowd.
    """
    comment = _supportable(comment_id, sender)
    if sender.user is None:
        _check_address(sender, comment)
    device = "" if sender.user else _device(sender, comment)
    try:
        with transaction.atomic():
            Support.objects.create(comment=comment, user=sender.user, device_key=device)
    except IntegrityError:
        return False
    Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") + 1)
    return True


@transaction.atomic
def unsupport(*, comment_id: uuid.UUID, sender: Sender) -> bool:
    """Takes the support back while the hearing is open; False when there was none."""
    comment = _supportable(comment_id, sender)
    device = _device(sender, comment)
    mine = Q(user=sender.user) if sender.user else Q(user=None, device_key=device) & ~Q(device_key="")
    taken, _by_model = Support.objects.filter(mine, comment=comment).delete()
    if taken:
        Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") - taken)
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
    old = Support.objects.filter(user=None, comment__participation__in=closed_long_ago(now))
    forgotten = Concat(Value(FORGOTTEN), Cast("pk", CharField()))
    return old.exclude(device_key__startswith=FORGOTTEN).update(device_key=forgotten)


def _device(sender: Sender, comment: Comment) -> str:
    return device_key_in(comment.participation.public_id, DeviceUse.SUPPORTING, sender.device_key)


def _supportable(comment_id: uuid.UUID, sender: Sender) -> Comment:
    """The comment, where whoever may comment may support: same moment, same level."""
    found = Comment.objects.published().filter(public_id=comment_id)
    comment = found.select_related("participation__hearing", "part").first()
    if comment is None or not isinstance(comment, Comment):
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
