"""Comparing every index with what it is made of, and keeping what was found for staff to see."""

from collections.abc import Callable

from django.utils import timezone

from ..models import IndexCheck
from . import rebuilding
from .rebuilding import Difference, Progress

KEPT_CHECKS = 60


def check(*, repair: bool = False, progress: Progress | None = None) -> list[IndexCheck]:
    """One row for each index, newest first in the table."""
    comparisons: dict[str, Callable[[], Difference]] = {
        "entries": lambda: rebuilding.compare_entries(repair=repair, progress=progress),
        "staff": lambda: rebuilding.compare_staff_entries(repair=repair),
    }
    rows = [_keep(index, compare(), repair) for index, compare in comparisons.items()]
    old = IndexCheck.objects.order_by("-pk").values_list("pk", flat=True)[KEPT_CHECKS:]
    IndexCheck.objects.filter(pk__in=list(old)).delete()
    return rows


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
