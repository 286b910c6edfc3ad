from typing import Any

from participation.processes.models import Contribution
from participation.processes.signals import contribution_changed

from .services.asking import forget_notes, forget_words


def connect() -> None:
    contribution_changed.connect(contribution_was_changed, dispatch_uid="moderation-forgetting")


def contribution_was_changed(sender: Any, contribution: Contribution, change: str, **kwargs: Any) -> None:
    """What was said about a text goes with it: it may quote the text, or tell who wrote it.

    What a moderator wrote to somebody goes when that somebody is no longer known.
    """
    if change == "destroyed":
        forget_words(contribution)
    if change in ("destroyed", "pseudonymised", "unlinked"):
        forget_notes(contribution)
