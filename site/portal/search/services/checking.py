"""Comparing every index with what it is made of, and keeping what was found for staff to see."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from ..backends.failures import ServerFailed
from ..models import IndexCheck
from . import comparing, rebuilding, server
from .difference import Difference
from .filling import NotConfirmed
from .rebuilding import Progress

logger = logging.getLogger(__name__)
SERVER = "server"
KEPT_CHECKS = 60


def check(*, repair: bool = False, progress: Progress | None = None) -> dict[str, Difference]:
    """What was found of each index that could be compared: a search server may be away."""
    comparisons: dict[str, Callable[[], Difference]] = {
        "entries": lambda: rebuilding.compare_entries(repair=repair, progress=progress),
        "staff": lambda: rebuilding.compare_staff_entries(repair=repair),
    }
    if settings.SEARCH_URL:
        # After the entries: what was mended there is owed to the server.
        comparisons[SERVER] = lambda: comparing.compare(repair=repair, progress=progress)
    found = {}
    for index, compare in comparisons.items():
        try:
            found[index] = compare()
        except (ServerFailed, NotConfirmed) as failure:
            logger.warning("the search server could not be compared: %s", failure)
            if isinstance(failure, ServerFailed):
                server.failed(failure.trouble)
        else:
            _keep(index, found[index], repair)
    old = IndexCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_CHECKS:]
    IndexCheck.objects.filter(pk__in=list(old)).delete()
    return found


def _keep(index: str, found: Difference, repair: bool) -> None:
    if found:
        logger.warning("the index %s: %s: %s", index, found, found.names)
    IndexCheck.objects.create(
        at=timezone.now(),
        index=index,
        compared=found.compared,
        missing=found.missing,
        extra=found.extra,
        different=found.different,
        repaired=repair and bool(found),
    )
