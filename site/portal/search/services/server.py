"""Whether the search server is asked now: it must hold everything, answer, and be owed little.

One row of the database tells it to all processes, so that each failure is paid for once. While the server
fails, one question in every few seconds is tried on it; its first answer heals.
"""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..backends.elastic.place import place
from ..enums import Trouble
from ..models import PendingDocument, SearchServer

MOST_OWED = 5_000
"""Documents left out of its answers; when it is owed more, the server is not asked."""
ROW = 1
PAUSE = dt.timedelta(seconds=5)
LONG_PAUSE = dt.timedelta(seconds=30)
LONG_TROUBLE = dt.timedelta(minutes=1)


class Turn(NamedTuple):
    """That the server may be asked, for anything but the documents that it is owed."""

    owed: list[str]
    is_trial: bool


def _row() -> "QuerySet[SearchServer]":
    return SearchServer.objects.filter(pk=ROW)


def known() -> SearchServer | None:
    """What is known of the server that the settings name."""
    if not settings.SEARCH_URL:
        return None
    row = _row().first()
    return row if row is not None and row.place == place() else None


def is_filled(row: SearchServer | None) -> bool:
    return row is not None and row.filled_at is not None


def take_turn() -> Turn | None:
    """None when the database is to answer."""
    row = known()
    if row is None or row.filled_at is None or (row.failing_since and not _may_try(row)):
        return None
    owed = PendingDocument.objects.order_by().values_list("document", flat=True).distinct()
    documents = list(owed[: MOST_OWED + 1])
    if len(documents) > MOST_OWED:
        return None
    return Turn(documents, is_trial=row.failing_since is not None)


def _may_try(row: SearchServer) -> bool:
    """True for one question when the pause is over: the others go on as if it were not."""
    now = timezone.now()
    if row.paused_until is not None and now < row.paused_until:
        return False
    return bool(_row().filter(paused_until=row.paused_until).update(paused_until=now + PAUSE))


def is_paused() -> bool:
    return _row().filter(paused_until__gt=timezone.now()).exists()


def failed(trouble: Trouble) -> None:
    """Spares the next questions; those of a server that has failed for long, for longer."""
    now = timezone.now()
    SearchServer.objects.get_or_create(pk=ROW, defaults={"place": place()})
    _row().exclude(place=place()).update(place=place(), filled_at=None, failing_since=None)
    _row().update(trouble=trouble, failing_since=Coalesce(F("failing_since"), now), paused_until=now + PAUSE)
    _row().filter(failing_since__lt=now - LONG_TROUBLE).update(paused_until=now + LONG_PAUSE)
    if trouble == Trouble.INDEX:
        _row().update(filled_at=None)


def answered() -> None:
    _row().update(trouble="", failing_since=None, paused_until=None)


def filled() -> None:
    """From now on the index holds everything but what is owed."""
    values = {"place": place(), "filled_at": timezone.now(), "trouble": "", "failing_since": None}
    SearchServer.objects.update_or_create(pk=ROW, defaults=values | {"paused_until": None})


def forget() -> None:
    """Without a server nothing is owed to it: what it holds later is out of date."""
    _row().delete()
    PendingDocument.objects.all().delete()
