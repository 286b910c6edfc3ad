"""What many pages have in common, kept in this process while no page has changed (`page_cache.py`)."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from django.http import HttpRequest

from .page_cache import seconds_kept

Given = TypeVar("Given")
MAX_PARTS = 64


class _Part(NamedTuple):
    generation: str
    ends_at: float
    value: Any


_parts: OrderedDict[tuple[str, ...], _Part] = OrderedDict()
_lock = threading.Lock()


def part(request: HttpRequest, key: tuple[str, ...], make: Callable[[], Given]) -> Given:
    """The part as it was made under the present generation of pages, for as long as a page is kept.

    Made anew for whoever the page cache was not asked for, staff above all. It is shared: never change it.
    """
    generation = getattr(request, "page_generation", None)
    if generation is None:
        return make()
    known = _parts.get(key)
    if known is not None and known.generation == generation and known.ends_at > time.time():
        found: Given = known.value
        return found
    value = make()
    with _lock:
        _parts[key] = _Part(generation, time.time() + seconds_kept(), value)
        while len(_parts) > MAX_PARTS:
            _parts.popitem(last=False)
    return value
