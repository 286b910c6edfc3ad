"""Which query parameters tell one kept page from another.

Anybody can write any word into an address, and those who share links do: a page kept for each of them would
push out the pages that people read. Pages made for the cache are told only of parameters that an app has
registered, so that no word of one visitor's reaches another; and a page that made nothing of one of them,
as of a comment that is not there, is not kept.
"""

from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

MOST_FIELDS = 20
_understood: set[str] = set()


def understand(*names: str) -> None:
    """Registers parameters that pages read; called in `AppConfig.ready()`."""
    _understood.update(names)


def understood(query: str) -> str | None:
    """The query as pages are told it, in one order; None when it is too long to be looked through."""
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return urlencode(sorted({name: value for name, value in pairs if name in _understood}.items()))


def use(request: HttpRequest, *names: str) -> None:
    """Said by a page: these parameters led somewhere."""
    _used(request).update(names)


def all_used(request: HttpRequest) -> bool:
    return set(request.GET) <= _used(request)


def _used(request: HttpRequest) -> set[str]:
    found: set[str] = request.__dict__.setdefault("_used_parameters", set())
    return found
