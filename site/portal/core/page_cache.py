"""Anonymous pages cached whole for at most PAGE_CACHE_SECONDS, and gone at once when anything changes.

One generation, a random word in the cache, stands for everything the public can see. An entry carries the
generation it was made under and counts only while that is the current one, so that a purge is one write and
a page rendered while the purge happened can never come back. A hit asks the cache once: for the generation
where this process has a copy of the page, else for both.
"""

import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.http.request import split_domain_port
from django.utils.http import parse_etags

from .caches import CacheUnavailable
from .page_query import all_used, understood

logger = logging.getLogger(__name__)

GENERATION = "pages:generation"
CACHE_CONTROL = "no-cache"
PRIVATE_CACHE_CONTROL = "private, no-cache"
# Account pages, in both languages; receipts and files say "private, no-store" themselves.
PRIVATE_PREFIXES = ("/fi/tili/", "/sv/konto/")
PERSONAL_COOKIES = ("messages",)
MAX_BODY_BYTES = 1_000_000
MAX_COPIES = 64
MAX_COPIED_BYTES = 250_000


class Entry(NamedTuple):
    generation: str
    ends_at: float
    headers: list[tuple[str, str]]
    body: bytes
    etag: str

    def counts(self, generation: str | None) -> bool:
        return self.generation == generation and self.ends_at > time.time()


class Lookup(NamedTuple):
    key: str
    generation: str | None
    entry: Entry | None


class Copies:
    """The pages this process served last, so that a hit moves a word and not a page; 16 MB at most."""

    def __init__(self) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Entry | None:
        entry = self._entries.get(key)
        return entry if entry is not None and entry.ends_at > time.time() else None

    def put(self, key: str, entry: Entry) -> None:
        if len(entry.body) > MAX_COPIED_BYTES:
            return
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            while len(self._entries) > MAX_COPIES:
                self._entries.popitem(last=False)


_copies = Copies()


def purge_on_commit() -> None:
    """Empties the cache when the present transaction commits; without one, now."""
    transaction.on_commit(_purge, robust=True)


_purge_owed = threading.Event()


def _purge() -> None:
    generation, strict = secrets.token_hex(8), _strict()
    try:
        strict.set(GENERATION, generation, None)
        # A database cache fails silently; somebody else's purge just now is one too many, no more.
        if strict.get(GENERATION) != generation:
            raise CacheUnavailable("the generation was not written")
        _purge_owed.clear()
    except Exception:
        # The change is committed whatever the cache's trouble: this process purges before it trusts a page
        # again, and elsewhere entries end by themselves in seconds.
        _purge_owed.set()
        logger.exception("the page cache could not be purged; pages may be up to %d s old", seconds_kept())


def _strict() -> Any:
    """The default cache, raising when it cannot be asked."""
    return getattr(cache, "strict", cache)


def seconds_kept() -> int:
    return min(settings.PAGE_CACHE_SECONDS, 30)


class PageCacheMiddleware:
    """Answers anonymous GET and HEAD from the cache and keeps what may be kept.

    Stands inside the request id, security and policy middlewares, which still see every answer, and outside
    sessions. Cookies for language and device do not matter: cached addresses begin with their language and
    say the same to every device. Whatever sets a cookie, varies by more than cookies, carries a policy of its
    own or calls itself private is never kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.languages = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = self.key(request)
        if key is None:
            return revalidated(self.get_response(request))
        lookup = _look_up(key)
        if lookup is None:
            return revalidated(self.get_response(request))
        if lookup.entry is not None:
            return _answer(request, lookup.entry)
        request.page_generation = lookup.generation  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.method == "GET" and self.may_keep(request, response):
            return _keep(request, response, lookup)  # type: ignore[arg-type]
        return revalidated(response)

    def key(self, request: HttpRequest) -> str | None:
        """Where this request's page would be kept; None when it must not be.

        The request loses what is not in the key: views cannot tell what the cache does not.
        """
        path = request.path_info
        if (
            request.method not in {"GET", "HEAD"}
            or not path.startswith(self.languages)
            or path.startswith(PRIVATE_PREFIXES)
            or getattr(request, "is_dummy", False)
            or "HTTP_AUTHORIZATION" in request.META
        ):
            return None
        if request.META.get("HTTP_COOKIE"):
            cookies = request.COOKIES
            if settings.SESSION_COOKIE_NAME in cookies or any(name in cookies for name in PERSONAL_COOKIES):
                return None
        query = understood(request.META.get("QUERY_STRING", ""))
        if query is None:
            return None
        request.META["QUERY_STRING"] = query
        # No page says which port it was asked at, and ALLOWED_HOSTS lets any through.
        host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
        where = f"{request.scheme}://{host}{path}?{query}"
        return "pages:" + blake2b(where.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()

    def may_keep(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        if (
            response.status_code != 200
            or not all_used(request)
            or response.streaming
            or response.cookies
            or not response.get("Content-Type", "").startswith("text/html")
            or response.has_header("Content-Encoding")
            or getattr(request, "_csp_nonce", None) is not None
            or any(name.startswith("_csp_") for name in vars(response))
        ):
            return False
        control = response.get("Cache-Control", "").lower()
        if "private" in control or "no-store" in control:
            return False
        varies = {word.strip().lower() for word in response.get("Vary", "").split(",") if word}
        return varies <= {"cookie", "accept-encoding"} and len(response.content) <= MAX_BODY_BYTES  # type: ignore[attr-defined]


def revalidated(response: HttpResponseBase) -> HttpResponseBase:
    """A page that says nothing of caching belongs to its reader alone and is asked for again each time."""
    if not response.has_header("Cache-Control") and response.get("Content-Type", "").startswith("text/html"):
        response["Cache-Control"] = PRIVATE_CACHE_CONTROL
    return response


def _look_up(key: str) -> Lookup | None:
    """Generation and entry, in one round trip on a hit; None when the cache cannot be asked."""
    copy = _copies.get(key)
    if _purge_owed.is_set():
        _purge()
        if _purge_owed.is_set():
            return None
    strict = _strict()
    try:
        if copy is not None:
            generation = strict.get(GENERATION)
            if copy.counts(generation):
                return Lookup(key, generation, copy)
        found = strict.get_many([GENERATION, key])
        generation = found.get(GENERATION) or _first_generation(strict)
    except Exception:
        logger.exception("the page cache did not answer")
        return None
    kept = found.get(key)
    entry = Entry(*kept) if kept is not None else None
    if entry is None or not entry.counts(generation):
        return Lookup(key, generation, None)
    _copies.put(key, entry)
    return Lookup(key, generation, entry)


def _first_generation(strict: Any) -> str:
    generation = secrets.token_hex(8)
    return generation if strict.add(GENERATION, generation, None) else str(strict.get(GENERATION))


def _keep(request: HttpRequest, response: HttpResponse, lookup: Lookup) -> HttpResponseBase:
    response["Cache-Control"] = CACHE_CONTROL
    body = response.content
    entry = Entry(
        generation=lookup.generation or "",
        ends_at=time.time() + seconds_kept(),
        headers=[(name, value) for name, value in response.items() if name != "ETag"],
        body=body,
        etag=f'"{blake2b(body, digest_size=12).hexdigest()}"',
    )
    try:
        # A plain tuple: what is stored must not depend on where this class lives.
        _strict().set(lookup.key, tuple(entry), seconds_kept())
        _copies.put(lookup.key, entry)
    except Exception:
        logger.exception("a page could not be kept in the page cache")
    if _is_known(request, entry):
        return _not_modified(entry)
    response["ETag"] = entry.etag
    return response


def _answer(request: HttpRequest, entry: Entry) -> HttpResponseBase:
    if _is_known(request, entry):
        return _not_modified(entry)
    response = HttpResponse(entry.body if request.method == "GET" else b"")
    for name, value in entry.headers:
        response.headers[name] = value
    response.headers["ETag"] = entry.etag
    response.headers["Content-Length"] = str(len(entry.body))
    return response


def _is_known(request: HttpRequest, entry: Entry) -> bool:
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    if not sent:
        return False
    known = {etag.removeprefix("W/") for etag in parse_etags(sent)}
    return entry.etag in known or "*" in known


def _not_modified(entry: Entry) -> HttpResponseBase:
    response = HttpResponseNotModified()
    for name, value in entry.headers:
        if name in {"Cache-Control", "Vary", "Content-Language"}:
            response[name] = value
    response["ETag"] = entry.etag
    return response
