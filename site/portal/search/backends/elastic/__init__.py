"""Search by Elasticsearch, on modelsearch's backend.

The client takes a second and 18 MB: what needs it is loaded when a server is first asked or written to.
"""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from .. import Backend

if TYPE_CHECKING:
    from .index import EntryIndex


def answering(owed: list[str]) -> Backend:
    """A backend for one answer, which holds none of the documents that are owed."""
    from .backend import ElasticBackend

    return ElasticBackend(owed)


def entries() -> "EntryIndex":
    """The index that is asked and written to."""
    from .client import entries

    return entries()


def understood() -> AbstractContextManager[None]:
    """Within it, errors of the client are ServerFailed."""
    from .client import understood

    return understood()
