"""Why a moderation act was not done; the text is for the moderator."""

from django.utils.translation import gettext as _

from participation.processes.enums import ModerationState
from participation.processes.models import Contribution
from portal.core.formats.text import format_datetime

from .models import ModerationAct


class ModerationRefused(Exception):
    """The act is not possible for this contribution; `str()` says why, in the current language."""


class TooManyReports(ModerationRefused):
    """More reports of inappropriate content have come from one network than people there write."""


class ContributionMeanwhileChanged(ModerationRefused):
    """Somebody acted between the moderator's reading and deciding; `contribution` is what is found now."""

    def __init__(self, contribution: Contribution, last: ModerationAct | None, language: str) -> None:
        self.contribution = contribution
        state = ModerationState(contribution.moderation_state).label
        if last is not None and last.state_after == contribution.moderation_state:
            message = _("%(name)s changed this at %(time)s: it is now “%(state)s”.") % {
                "name": last.by or _("Another moderator"),
                "time": format_datetime(last.at, language),
                "state": state,
            }
        else:
            message = _("This has changed since you opened it: it is now “%(state)s”.") % {"state": state}
        super().__init__(message)
