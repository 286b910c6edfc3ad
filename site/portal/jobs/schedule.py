"""Periodic work, in one place. Beat sends a tick; each slot of time is begun once, however many beats run.

Apps above register in `AppConfig.ready()`: light work as a function, heavy work as a job kind. What was
missed while nothing ran is begun once, at the next tick.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import PeriodicRun
from .services import enqueue

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Periodic:
    """Work done every so often, or each day at an hour of Helsinki's."""

    name: str
    function: Callable[[], Any] | None = None
    kind: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    every: timedelta | None = None
    daily_at: time | None = None

    def slot(self, now: datetime) -> int:
        if self.daily_at is not None:
            local = timezone.localtime(now)
            return local.date().toordinal() - (local.time() < self.daily_at)
        assert self.every is not None
        return int(now.timestamp() // self.every.total_seconds())


_registered: dict[str, Periodic] = {}


def register(
    name: str,
    function: Callable[[], Any] | None = None,
    *,
    kind: str = "",
    parameters: dict[str, Any] | None = None,
    every: timedelta | None = None,
    daily_at: time | None = None,
) -> None:
    """Either a function or a job kind; either every so often or daily at a time."""
    if (function is None) == (not kind) or (every is None) == (daily_at is None):
        raise ValueError(f"{name}: give a function or a kind, and every or daily_at")
    _registered[name] = Periodic(name, function, kind, parameters or {}, every, daily_at)


def unregister(name: str) -> None:
    _registered.pop(name, None)


def run_due(now: datetime | None = None) -> list[str]:
    """Begins what is due; a failure of one is logged and keeps nothing else from being done."""
    moment = now or timezone.now()
    begun = []
    slots = dict(PeriodicRun.objects.values_list("name", "slot"))
    for work in list(_registered.values()):
        try:
            if slots.get(work.name) != work.slot(moment) and _begin(work, moment):
                begun.append(work.name)
        except Exception:
            logger.exception("periodic work %s stopped", work.name)
    return begun


def run_daily() -> list[str]:
    """Does the work of the night now, whenever it was done last; returns what stopped at an error.

    Heavy work is ordered, and done by a worker.
    """
    stopped = []
    for work in [found for found in _registered.values() if found.daily_at is not None]:
        try:
            if work.kind:
                enqueue(work.kind, work.parameters, key=f"periodic:{work.name}")
            elif work.function is not None:
                work.function()
        except Exception:
            logger.exception("periodic work %s stopped", work.name)
            stopped.append(work.name)
    return stopped


def _begin(work: Periodic, now: datetime) -> bool:
    with transaction.atomic():
        if not _take_slot(work, now):
            return False
        if work.kind:
            enqueue(work.kind, work.parameters, key=f"periodic:{work.name}")
    if work.function is not None:
        work.function()
    return True


def _take_slot(work: Periodic, now: datetime) -> bool:
    slot = work.slot(now)
    if PeriodicRun.objects.filter(name=work.name, slot__lt=slot).update(slot=slot, started_at=now):
        return True
    if PeriodicRun.objects.filter(name=work.name).exists():
        return False
    try:
        with transaction.atomic():
            PeriodicRun.objects.create(name=work.name, slot=slot, started_at=now)
    except IntegrityError:
        return False
    return True
