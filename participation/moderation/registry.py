"""Kinds of contributions that moderators work on; apps above call `register` in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from participation.processes.models import Contribution


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of participation whose contributions are moderated.

    `kind` is `Participation.kind`; `public_url` gives the address of one contribution on the public site in a
    language; `receipt_url` the writer's own page of it, for messages.
    """

    kind: str
    label: Promise | str
    public_url: Callable[[Contribution, str], str]
    receipt_url: Callable[[Contribution, str], str]


_queues: dict[str, Queue] = {}


def register(queue: Queue) -> None:
    """Registering a kind again replaces it, so that reloading an app does no harm."""
    _queues[queue.kind] = queue


def queue_of(contribution: Contribution) -> Queue | None:
    return _queues.get(contribution.participation.kind)


def kinds() -> list[str]:
    return list(_queues)
