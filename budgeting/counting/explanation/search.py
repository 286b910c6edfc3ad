"""The least number from which on something is so."""

from __future__ import annotations

from collections.abc import Callable


def least(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The least from `low` to `high` that `holds`, where every number after one that holds does too."""
    if low > high or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def greatest(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The greatest from `low` to `high` that `holds`, where every number before one that holds does too."""
    if low <= high and holds(high):
        return high
    found = least(-high, -low, lambda number: holds(-number))
    return None if found is None else -found
