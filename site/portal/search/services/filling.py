"""Bringing the search server what it is owed, filling a new index, comparing and mending the one it has."""

from collections.abc import Iterable, Iterator, Sequence

from django.conf import settings

from ..backends.elastic import entries, understood
from ..backends.failures import ServerFailed
from ..enums import Trouble
from ..models import PendingDocument, SearchEntry
from . import server
from .rebuilding import Difference, Progress

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
    raise NotConfirmed(f"{len(missed)} documents, such as {min(missed)}")


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


def compare(*, repair: bool = False, progress: Progress | None = None) -> Difference:
    """Compares the server's index with the entries, but for what is owed; `repair` mends what differs."""
    try:
        if not server.is_filled(server.known()):
            raise ServerFailed(Trouble.INDEX, "it has not been filled")
        _require_mapping()
        found = Difference(compared=SearchEntry.objects.count())
        wrong = _confirmed(_suspects(progress), found)
    except ServerFailed as failure:
        if failure.trouble != Trouble.INDEX:
            raise
        number = SearchEntry.objects.count()
        if repair:
            fill(progress)
        return Difference(compared=number, missing=number)
    if repair:
        _mend(wrong, progress)
    return found


def _mend(wrong: list[str], progress: Progress | None) -> None:
    """By bringing what differs once more; an index that keeps its own state all the same is built anew."""
    if len(wrong) > server.MOST_OWED:
        fill(progress)
        return
    PendingDocument.objects.bulk_create([PendingDocument(document=one) for one in wrong])
    bring(progress)
    if _confirmed(wrong, Difference()):
        fill(progress)


def try_again() -> None:
    """Asks a server that has failed; nobody may be searching who would find out that it is well."""
    row = server.known()
    if row is not None and row.failing_since is not None:
        _require_mapping()
        with understood():
            entries().ask_for_nothing(settings.SEARCH_TIMEOUT_SECONDS)
        server.answered()


def _require_mapping() -> None:
    with understood():
        if not entries().fits():
            raise ServerFailed(Trouble.INDEX, "its mapping is not ours")


def _suspects(progress: Progress | None) -> Iterator[str]:
    """Documents that differ as they are read, which may be a moment apart."""
    compared, last = 0, 0
    known = SearchEntry.objects.order_by("pk").values_list("pk", "document", "digest")
    while rows := list(known.filter(pk__gt=last)[:BATCH]):
        last = rows[-1][0]
        with understood():
            held = entries().digests([document for _pk, document, _digest in rows])
        yield from (document for _pk, document, digest in rows if held.get(document) != digest)
        compared += len(rows)
        if progress is not None:
            progress(compared)
    with understood():
        for documents in entries().all_documents():
            stored = set(
                SearchEntry.objects.filter(document__in=documents).values_list("document", flat=True)
            )
            yield from (document for document in documents if document not in stored)


def _confirmed(suspects: Iterable[str], found: Difference) -> list[str]:
    """Those of the suspects that differ now and are not owed, counted."""
    wrong: list[str] = []
    listed = list(dict.fromkeys(suspects))
    for start in range(0, len(listed), BATCH):
        documents = listed[start : start + BATCH]
        stored = dict(SearchEntry.objects.filter(document__in=documents).values_list("document", "digest"))
        owed = set(PendingDocument.objects.filter(document__in=documents).values_list("document", flat=True))
        with understood():
            held = entries().digests(documents)
        for document in documents:
            if document in owed or held.get(document) == stored.get(document):
                continue
            wrong.append(document)
            found.missing += document not in held
            found.extra += document not in stored
            found.different += document in held and document in stored
    return wrong
