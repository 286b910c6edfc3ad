"""What readers and writers ask of the moderators."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.processes.device_keys import device_key_in
from participation.processes.enums import DeviceUse, ModerationState
from participation.processes.models import Contribution
from portal.core.limits import hit

from ..enums import ACTS_WITH_REASON, ReportReason
from ..errors import ModerationRefused, TooManyReports
from ..models import AbuseReport, ModerationAct, ReviewRequest

TEXT_LIMIT = 1000


@transaction.atomic
def report_abuse(
    *, contribution: Contribution, reason: str, text: str = "", device_key: str = "", address_key: str = ""
) -> AbuseReport:
    """Puts a public contribution on the moderators' list; a report hides nothing by itself.

    A second report from the same device while the first waits is the same report. From one network
    REPORT_LIMIT_PER_ADDRESS are taken in COMMENT_LIMIT_WINDOW_SECONDS.
    """
    if not contribution.is_public:
        raise ModerationRefused(_("This contribution is not shown, so it cannot be reported."))
    if reason not in ReportReason.values:
        raise ModerationRefused(_("Choose what is wrong with the contribution."))
    if address_key:
        count = hit("report.address", address_key, settings.COMMENT_LIMIT_WINDOW_SECONDS)
        if count > settings.REPORT_LIMIT_PER_ADDRESS:
            raise TooManyReports(_("You are sending requests too quickly. Wait a moment."))
    device = device_key_in(contribution.participation.public_id, DeviceUse.REPORTING, device_key)
    try:
        with transaction.atomic():
            return AbuseReport.objects.create(
                contribution_id=contribution.pk,
                reason=reason,
                text=text.strip()[:TEXT_LIMIT],
                device_key=device,
            )
    except IntegrityError:
        return AbuseReport.objects.unhandled().get(contribution_id=contribution.pk, device_key=device)


@transaction.atomic
def ask_for_review(*, contribution: Contribution, text: str = "") -> ReviewRequest:
    """The writer asks that a hiding or a covering be looked at again; one request at a time."""
    if not may_ask_for_review(contribution):
        raise ModerationRefused(_("There is no decision on this contribution that could be reviewed."))
    try:
        with transaction.atomic():
            return ReviewRequest.objects.create(
                contribution_id=contribution.pk, text=text.strip()[:TEXT_LIMIT]
            )
    except IntegrityError:
        return ReviewRequest.objects.unhandled().get(contribution_id=contribution.pk)


def may_ask_for_review(contribution: Contribution) -> bool:
    """Once after each hiding or redaction: a review that has been answered is not asked for again."""
    hidden = contribution.moderation_state == ModerationState.HIDDEN
    if not (hidden or contribution.is_redacted or contribution.is_name_covered):
        return False
    last = ModerationAct.objects.filter(contribution_id=contribution.pk).first()
    return last is not None and last.kind in ACTS_WITH_REASON


def forget_words(contribution: Contribution) -> None:
    """Empties reports and requests for review; that they were made, and why, stays known."""
    AbuseReport.objects.filter(contribution_id=contribution.pk).update(text="", device_key="")
    ReviewRequest.objects.filter(contribution_id=contribution.pk).update(text="")


def forget_notes(contribution: Contribution) -> None:
    """Empties the moderators' messages to the writer; the acts and their reasons stay."""
    ModerationAct.objects.filter(contribution_id=contribution.pk).exclude(note="").update(note="")


def forget_devices(now: dt.datetime | None = None) -> int:
    """Handled reports no longer say which of them came from one device."""
    before = (now or timezone.now()) - dt.timedelta(days=settings.DEVICE_KEY_DAYS)
    return AbuseReport.objects.filter(handled_at__lt=before).exclude(device_key="").update(device_key="")
