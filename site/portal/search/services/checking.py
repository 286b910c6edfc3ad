"""Comparing every index with what it is made of, and keeping what was found for staff to see."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from ..backends.failures import ServerFailed
from ..models import IndexCheck
from . import filling, rebuilding, server
from .rebuilding import Difference, Progress

logger = logging.getLogger(__name__)
SERVER = "server"
KEPT_CHECKS = 60


def check(*, repair: bool = False, progress: Progress | None = None) -> list[IndexCheck]:
    """One row for each index that could be compared: a search server may be away."""
    comparisons: dict[str, Callable[[], Difference]] = {
        "entries": lambda: rebuilding.compare_entries(repair=repair, progress=progress),
        "staff": lambda: rebuilding.compare_staff_entries(repair=repair),
    }
    rows = [_keep(index, compare(), repair) for index, compare in comparisons.items()]
    # After the entries: what was mended there is owed to the server.
    if settings.SEARCH_URL:
        rows += _check_server(repair, progress)
    old = IndexCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_CHECKS:]
    IndexCheck.objects.filter(pk__in=list(old)).delete()
    return rows


def _check_server(repair: bool, progress: Progress | None) -> list[IndexCheck]:
    try:
        return [_keep(SERVER, filling.compare(repair=repair, progress=progress), repair)]
    except ServerFailed as failure:
        logger.warning("the search server could not be compared: %s", failure)
        server.failed(failure.trouble)
        return []


def _keep(index: str, found: Difference, repair: bool) -> IndexCheck:
    return IndexCheck.objects.create(
        at=timezone.now(),
        index=index,
        compared=found.compared,
        missing=found.missing,
        extra=found.extra,
        different=found.different,
        repaired=repair and bool(found),
    )
