"""The connection to the server: who it is, how long it is waited for, and what its errors mean."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import ParseResult, unquote

from django.conf import settings
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError
from modelsearch.backends.elasticsearch9 import Elasticsearch9SearchBackend

from ...enums import Trouble
from ..failures import ServerFailed
from .fields import INDEX_SETTINGS
from .index import EntryIndex, EntryRebuilder
from .mapping import EntryMapping
from .place import alias

Given = TypeVar("Given")
WRITE_SECONDS = 60
MOST_WAITING = 32
"""Requests of one process that may be under way; more are not waited for."""
TROUBLES = {404: Trouble.INDEX, 408: Trouble.SLOW, 429: Trouble.BUSY, 504: Trouble.SLOW}


class EntrySearchBackend(Elasticsearch9SearchBackend):
    mapping_class = EntryMapping
    index_class = EntryIndex
    atomic_rebuilder_class = EntryRebuilder

    def _get_options_from_host_urls(self, urls: list[ParseResult]) -> dict[str, Any]:
        """modelsearch takes name and password as they stand in the address; there they are quoted."""
        options: dict[str, Any] = super()._get_options_from_host_urls(urls)
        if "basic_auth" in options:
            options["basic_auth"] = tuple(unquote(part or "") for part in options["basic_auth"])
        return options


def search_backend() -> EntrySearchBackend:
    """modelsearch's backend as the settings say; one for each process."""
    names = ("SEARCH_URL", "SEARCH_API_KEY", "SEARCH_CA_FILE", "SEARCH_INDEX_PREFIX")
    return _search_backend(*(getattr(settings, name) for name in names))


@lru_cache(4)
def _search_backend(url: str, api_key: str, ca_file: str, prefix: str) -> EntrySearchBackend:
    options: dict[str, Any] = {"max_retries": 0, "connections_per_node": MOST_WAITING}
    if api_key:
        options["api_key"] = api_key
    if ca_file:
        options["ca_certs"] = ca_file
    return EntrySearchBackend(
        {
            "URLS": url,
            "INDEX_PREFIX": prefix,
            "TIMEOUT": WRITE_SECONDS,
            "INDEX_SETTINGS": INDEX_SETTINGS,
            "OPTIONS": options,
        }
    )


def entries() -> EntryIndex:
    """The name that is asked and written to: it stands for an index of the present mapping, or for none."""
    return EntryIndex(search_backend(), alias())


@contextmanager
def understood() -> Iterator[None]:
    """Errors of the client, and answers that make no sense, become one kind of error."""
    try:
        yield
    except ConnectionTimeout as error:
        raise ServerFailed(Trouble.SLOW, str(error)) from error
    except NoConnection as error:
        raise ServerFailed(Trouble.AWAY, str(error)) from error
    except ApiError as error:
        raise ServerFailed(TROUBLES.get(error.meta.status, Trouble.BROKEN), str(error)) from error
    except (TransportError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ServerFailed(Trouble.BROKEN, f"{type(error).__name__}: {error}") from error


def begun(ask: Callable[[], Given]) -> Future[Given]:
    """The question under way; it goes on though nobody waits for its answer any more."""
    return _waiting().submit(ask)


def within(seconds: float, asked: Future[Given]) -> Given:
    """The answer, or ServerFailed when time is over.

    Timeouts of the client are for each step of a connection: looking up a name has none.
    """
    try:
        return asked.result(timeout=seconds)
    except TimeoutError as error:
        asked.cancel()
        raise ServerFailed(Trouble.SLOW, f"no answer in {seconds:.2f} s") from error


_lock = threading.Lock()
_executor: ThreadPoolExecutor | None = None


def _waiting() -> ThreadPoolExecutor:
    """Made when it is first needed: after a server process has been forked."""
    global _executor
    with _lock:
        if _executor is None:
            _executor = ThreadPoolExecutor(MOST_WAITING, thread_name_prefix="search")
        return _executor
