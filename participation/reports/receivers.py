from typing import Any

from participation.processes.models import Contribution
from participation.processes.signals import contribution_changed

from .services.superseding import change_of, supersede_for


def connect() -> None:
    contribution_changed.connect(contribution_was_changed, dispatch_uid="reports-superseding")


def contribution_was_changed(sender: Any, contribution: Contribution, change: str, **kwargs: Any) -> None:
    """In the transaction of the change: a new comment costs a report nothing, not even a query."""
    found = change_of(contribution, change)
    if found is not None:
        supersede_for(contribution=contribution, change=found)
