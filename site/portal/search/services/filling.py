"""Bringing the search server what it is owed, and filling a new index."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from ..backends.elastic import entries, understood
from ..backends.failures import ServerFailed
from ..enums import Trouble
from ..models import PendingDocument, SearchEntry
from . import server
from .rebuilding import Progress

BATCH = 1_000
ROUNDS = 3
"""What goes to a new index in the moment when its name moves is refused once."""
FIRST = 0
"""Version of what fills a new index: any change that is brought meanwhile is newer."""


class NotConfirmed(Exception):
    """The server has taken what it was brought, but for some documents; they stay owed."""


def bring(progress: Progress | None = None) -> int:
    """Brings everything owed, a batch at a time; returns how many documents the server has confirmed.

    Two may be at it: a state carries the number of its latest change, and the server keeps the greatest.
    """
    brought = 0
    for _round in range(ROUNDS):
        missed: set[str] = set()
        for rows in _batches_owed():
            confirmed = _bring_batch(rows)
            missed |= {row.document for row in rows} - confirmed
            brought += len(confirmed)
            if progress is not None:
                progress(brought)
        if not missed:
            return brought
    raise NotConfirmed(f"{len(missed)} documents are not confirmed, such as {min(missed)}")


def _batches_owed() -> Iterator[list[PendingDocument]]:
    last = 0
    while rows := list(PendingDocument.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield rows


def _bring_batch(rows: Sequence[PendingDocument]) -> set[str]:
    """A note goes only after a search would find what it is about."""
    versions = {row.document: row.pk for row in rows}
    states = {entry.document: entry for entry in SearchEntry.objects.filter(document__in=list(versions))}
    with understood():
        index = entries()
        # Asked after the notes were read: an index that is begun later reads what they are about itself.
        confirmed = index.write(index.names_to_write(), states, versions)
        index.refresh()
    _settle([row.pk for row in rows if row.document in confirmed])
    return confirmed


def _settle(notes: Sequence[int]) -> None:
    for start in range(0, len(notes), BATCH):
        PendingDocument.objects.filter(pk__in=notes[start : start + BATCH]).delete()


def fill(progress: Progress | None = None) -> int:
    """Fills a new index and moves the name to it; the one that was asked meanwhile goes last.

    What is changed meanwhile is brought to both. Returns how many entries the new one was given.
    """
    before = list(PendingDocument.objects.values_list("pk", flat=True))
    with understood():
        alias = entries()
        rebuilder = alias.backend.rebuilder_class(alias)
        new = rebuilder.start()
    written = 0
    for batch in _all_entries():
        with understood():
            confirmed = new.write([new.building_name], batch, dict.fromkeys(batch, FIRST))
        if len(confirmed) < len(batch):
            raise ServerFailed(Trouble.BROKEN, f"{new} has refused {len(batch) - len(confirmed)} documents")
        written += len(batch)
        if progress is not None:
            progress(written)
    with understood():
        rebuilder.finish()
    server.filled()
    # The new index was begun after these notes, and has read what they are about.
    _settle(before)
    return written


def _all_entries() -> Iterator[dict[str, SearchEntry]]:
    last = 0
    while rows := list(SearchEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield {row.document: row for row in rows}


def try_again() -> None:
    """Asks a server that has failed; nobody may be searching who would find out that it is well."""
    row = server.known()
    if row is not None and row.failing_since is not None:
        require_mapping()
        with understood():
            entries().ask_for_nothing(settings.SEARCH_TIMEOUT_SECONDS)
        server.answered()


def require_mapping() -> None:
    with understood():
        if not entries().fits():
            raise ServerFailed(Trouble.INDEX, "its mapping is not ours")
