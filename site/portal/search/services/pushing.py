"""What the search server is still owed, and ordering that it is brought there (`filling.py`).

A changed document is owed from the transaction of the change until the server has confirmed it. Nothing owed
is shown from the server's answers, so that what was hidden is hidden at once, in counts too.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from portal.jobs.models import Job
from portal.jobs.services import enqueue

from ..models import PendingDocument
from . import server

JOB_KIND = "search.push"


def owe(documents: Sequence[str]) -> None:
    """Notes, in the caller's transaction, that the server must hear of these.

    The caller has written or deleted the entries before: under their locks the numbers of the notes are in
    the order of the changes, and are the versions that the server compares.
    """
    if not settings.SEARCH_URL or not documents:
        return
    PendingDocument.objects.bulk_create([PendingDocument(document=one) for one in documents])
    transaction.on_commit(order, robust=True)


def order() -> bool:
    """Orders the bringing; while the server fails that is left to beat."""
    return not server.is_paused() and _order()


def _order() -> bool:
    """Orders it if there is anything to do and nobody is at it."""
    if not settings.SEARCH_URL or not _is_anything_to_do():
        return False
    if Job.objects.unfinished().filter(key=JOB_KIND).exists():
        return False
    enqueue(JOB_KIND, {}, key=JOB_KIND)
    return True


def keep_up() -> None:
    """Beat's part, each minute: what an order was lost for, a server that has to be filled or may be well."""
    if settings.SEARCH_URL:
        _order()
    else:
        server.forget()


def _is_anything_to_do() -> bool:
    row = server.known()
    if row is None or not row.filled_at or row.failing_since is not None:
        return True
    return PendingDocument.objects.exists()
