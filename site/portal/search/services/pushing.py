"""What the search server is still owed, and bringing it there.

A changed document is owed from the transaction of the change until the server has confirmed it. Nothing owed
is shown from the server's answers, so that what was hidden is hidden at once, in counts too.
"""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from portal.jobs.models import Job
from portal.jobs.services import enqueue

from ..models import PendingDocument

logger = logging.getLogger(__name__)
JOB_KIND = "search.push"


def owe(documents: Sequence[str]) -> None:
    """Notes, in the caller's transaction, that the server must hear of these."""
    if not settings.SEARCH_URL or not documents:
        return
    PendingDocument.objects.bulk_create([PendingDocument(document=one) for one in documents])
    transaction.on_commit(order, robust=True)


def order() -> bool:
    """Orders the bringing if anything is owed and nobody is at it. Beat asks too, each minute."""
    if not settings.SEARCH_URL or not PendingDocument.objects.exists():
        return False
    if Job.objects.unfinished().filter(key=JOB_KIND).exists():
        return False
    enqueue(JOB_KIND, {}, key=JOB_KIND)
    return True
