"""Where a page of results begins, as an address carries it."""

import datetime as dt
import re

from .asking import Place

_CURSOR = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,17})\.([a-z_]{1,20}:[0-9a-f-]{36}:[a-z]{2,5})\.(\d{1,9})")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def place_to(place: Place, shown: int) -> str:
    """The last place of a page and how many have been shown up to it."""
    microseconds = (place.dated_at - EPOCH) // dt.timedelta(microseconds=1)
    return f"{place.score}.{place.rank}.{max(microseconds, 0)}.{place.document}.{shown}"


def place_from(cursor: str) -> tuple[Place | None, int]:
    """None for what is no cursor: the first page is shown."""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        return None, 0
    score, rank, microseconds, document, shown = found.groups()
    try:
        moment = EPOCH + dt.timedelta(microseconds=int(microseconds))
    except OverflowError:
        return None, 0
    return Place(int(score), int(rank), moment, document), int(shown)
