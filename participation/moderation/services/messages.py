"""Messages to writers about what the moderators decided; never with the text itself."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import override

from participation.processes.enums import ModerationMode
from participation.processes.models import Contribution, ContributorAddress
from participation.processes.staff_selectors import title
from portal.accounts.models import User
from portal.mail.services import queue

from ..enums import ActKind, Reason
from ..models import ModerationAct
from ..registry import queue_of

KEPT = dt.timedelta(days=30)
TEMPLATES = {
    ActKind.APPROVE: "moderation/approved",
    ActKind.HIDE: "moderation/hidden",
    ActKind.REDACT: "moderation/redacted",
    ActKind.RESTORE: "moderation/restored",
    ActKind.KEEP: "moderation/kept",
    ActKind.COVER_NAME: "moderation/name_covered",
    ActKind.SHOW_NAME: "moderation/name_shown",
}


def tell_writer(act: ModerationAct) -> None:
    """In the writer's own language, when an address is known: given with the text, or of the account."""
    contribution = act.contribution
    to, language = address_of(contribution)
    if not to:
        return
    kind = queue_of(contribution)
    with override(language):
        context = {
            "title": title(contribution.participation, language, public=True),
            "received_at": contribution.received_at,
            "reason": Reason(act.reason).label if act.reason and act.reason != Reason.OTHER else "",
            "note": act.note,
            "state": act.state_after,
            "shown_at_once": contribution.participation.moderation_mode
            in (ModerationMode.AT_ONCE, ModerationMode.AFTER_MODERATION),
            "shown_never": contribution.participation.moderation_mode == ModerationMode.SUMMARY_ONLY,
            "receipt_url": kind.receipt_url(contribution, language) if kind else "",
        }
        queue(
            to=to,
            language=language,
            template=TEMPLATES[ActKind(act.kind)],
            context=context,
            related=contribution,
            erase_after=timezone.now() + KEPT,
        )


def address_of(contribution: Contribution) -> tuple[str, str]:
    """E-mail address and language; empty when nobody is known to be told."""
    given = ContributorAddress.objects.filter(contribution_id=contribution.pk).first()
    if given is not None:
        return given.email, given.language
    author: User | None = contribution.author
    if author is not None and author.is_active and author.email:
        return author.email, author.language
    return "", ""
