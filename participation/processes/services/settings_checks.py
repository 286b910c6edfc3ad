"""What settings may not be changed to: less time than the law gives, and more than writers were told."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.formats.text import HELSINKI

from ..enums import ModerationMode
from ..models import Participation


def check_promise(participation: Participation, mode: str) -> None:
    """Whoever was told that a comment is not shown, or not yet, wrote it on that condition."""
    shown: dict[str, int] = {ModerationMode.SUMMARY_ONLY: 0, ModerationMode.AFTER_CLOSING: 1}
    now = participation.moderation_mode
    if participation.received_count and shown.get(mode, 2) > shown.get(now, 2):
        raise ValidationError(
            {
                "moderation_mode": _(
                    "Comments have been sent on the promise “%(promise)s”."
                    " They cannot be shown more widely or earlier than that."
                )
                % {"promise": ModerationMode(now).label}
            }
        )


def check_shortest_time(participation: Participation) -> None:
    basis, opens, closes = participation.legal_basis, participation.opens_at, participation.closes_at
    if basis is None or not basis.shortest_days or opens is None or closes is None:
        return
    # Days are those of the calendar: one in which the clocks are changed is a day too.
    given = closes.astimezone(HELSINKI).replace(tzinfo=None) - opens.astimezone(HELSINKI).replace(tzinfo=None)
    if given < dt.timedelta(days=basis.shortest_days):
        raise ValidationError(
            {
                "closes_at": _("%(basis)s requires at least %(days)s days; these dates give %(given)s.")
                % {"basis": basis, "days": basis.shortest_days, "given": given.days}
            }
        )
