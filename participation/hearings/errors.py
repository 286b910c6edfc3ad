"""Why a comment or a support was not taken; the views say it to the writer."""

from participation.processes.permissions import Refusal

from .models import Hearing


class CommentRefused(Exception):
    """The hearing or the section does not take this comment from this writer now."""

    def __init__(self, refusal: Refusal, hearing: Hearing) -> None:
        super().__init__(str(refusal.label))
        self.refusal = refusal
        self.hearing = hearing


class PagesPrivate(Exception):
    """No page of the hearing is there for everybody; the sender may be one of those who see it."""


class TargetGone(Exception):
    """The section or the comment that was answered to is no longer there to be answered to."""


class SupportRefused(Exception):
    """This comment takes no support now."""
