"""What readers and writers ask of the moderators."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.processes.enums import ModerationState
from participation.processes.models import Contribution

from ..enums import ActKind, ReportReason
from ..errors import ModerationRefused
from ..models import AbuseReport, ModerationAct, ReviewRequest

TEXT_LIMIT = 1000


@transaction.atomic
def report_abuse(
    *, contribution: Contribution, reason: str, text: str = "", device_key: str = ""
) -> AbuseReport:
    """Puts a public contribution on the moderators' list; a report hides nothing by itself.

    A second report from the same device while the first waits is the same report.
    """
    if not contribution.is_public:
        raise ModerationRefused(_("This contribution is not shown, so it cannot be reported."))
    if reason not in ReportReason.values:
        raise ModerationRefused(_("Choose what is wrong with the contribution."))
    try:
        with transaction.atomic():
            return AbuseReport.objects.create(
                contribution_id=contribution.pk,
                reason=reason,
                text=text.strip()[:TEXT_LIMIT],
                device_key=device_key,
            )
    except IntegrityError:
        return AbuseReport.objects.unhandled().get(contribution_id=contribution.pk, device_key=device_key)


@transaction.atomic
def ask_for_review(*, contribution: Contribution, text: str = "") -> ReviewRequest:
    """The writer asks that a hiding or a redaction be looked at again; one request at a time."""
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
    if contribution.moderation_state != ModerationState.HIDDEN and not contribution.is_redacted:
        return False
    last = ModerationAct.objects.filter(contribution_id=contribution.pk).first()
    return last is not None and last.kind in (ActKind.HIDE, ActKind.REDACT)
