"""Comparing the search server's index with the entries, and mending it."""

from collections.abc import Iterable, Iterator

from ..backends.elastic import entries, understood
from ..backends.failures import ServerFailed
from ..enums import Trouble
from ..models import PendingDocument, SearchEntry
from . import server
from .difference import Difference
from .filling import BATCH, bring, fill, require_mapping
from .rebuilding import Progress


def compare(*, repair: bool = False, progress: Progress | None = None) -> Difference:
    """Compares the server's index with the entries, but for what is owed; `repair` mends what differs."""
    try:
        if not server.is_filled(server.known()):
            raise ServerFailed(Trouble.INDEX, "it has not been filled")
        require_mapping()
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
        for known in (stored, held):
            for document in owed:
                known.pop(document, None)
        wrong += sorted(found.compare(stored, held))
    return wrong
