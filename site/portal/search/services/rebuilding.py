"""All entries from their sources: made anew, or compared with what is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from participation.processes.models import Contribution

from ..drafts import Draft, StaffDraft
from ..models import SearchEntry, StaffSearchEntry
from ..sources import contributions, pages
from . import indexing

BATCH = 500
Progress = Callable[[int], None]


@dataclass(slots=True)
class Difference:
    """How an index differs from what it is made of."""

    compared: int = 0
    missing: int = 0
    extra: int = 0
    different: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.different)


class _Comparing:
    """One comparison of all entries: what it has found, and which documents it has seen."""

    def __init__(self, *, repair: bool, progress: Progress | None) -> None:
        self.found = Difference()
        self.seen: set[str] = set()
        self._repair, self._progress = repair, progress

    def batch(self, drafts: list[Draft]) -> None:
        digests = {draft.document: draft.digest for draft in drafts}
        rows = SearchEntry.objects.filter(document__in=list(digests))
        stored = dict(rows.values_list("document", "digest"))
        missing = digests.keys() - stored.keys()
        changed = {one for one, known in stored.items() if known != digests[one]}
        self.seen |= digests.keys()
        self.found.compared += len(digests)
        self.found.missing += len(missing)
        self.found.different += len(changed)
        if self._repair:
            indexing.write([draft for draft in drafts if draft.document in missing | changed])
        if self._progress is not None:
            self._progress(self.found.compared)

    def contributions(self, rows: list[Contribution]) -> None:
        made = [draft for row in rows if (draft := contributions.draft_of(row)) is not None]
        self.batch(made)


def compare_entries(*, repair: bool = False, progress: Progress | None = None) -> Difference:
    """Compares entries with their sources by digest; `repair` writes what differs, a batch at a time.

    Under the rows' locks: what was read a moment ago would else have been hidden since.
    """
    comparing = _Comparing(repair=repair, progress=progress)
    last_known = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for batch in _of_pages():
        comparing.batch(batch)
    contributions.each_batch(contributions.public_rows(), comparing.contributions, locked=repair)
    extra = _extra(comparing.seen, last_known)
    comparing.found.extra = len(extra)
    if repair:
        for start in range(0, len(extra), BATCH):
            indexing.remove(extra[start : start + BATCH])
    return comparing.found


def _of_pages() -> Iterator[list[Draft]]:
    drafts = (
        draft for page_type in pages.page_types() for draft in pages.drafts_of(pages.live_pages(page_type))
    )
    while batch := list(islice(drafts, BATCH)):
        yield batch


def _extra(seen: set[str], last_known: int) -> list[str]:
    """Entries that nothing gives any more; those written meanwhile are not old enough to tell."""
    rows = SearchEntry.objects.filter(pk__lte=last_known).order_by("pk")
    return [one for one in rows.values_list("document", flat=True).iterator() if one not in seen]


def compare_staff_entries(*, repair: bool = False) -> Difference:
    found = Difference()
    seen: set[int] = set()

    def compare(rows: list[Contribution]) -> None:
        made = [draft for row in rows if (draft := contributions.staff_draft_of(row)) is not None]
        wrong = _compare_staff_batch(made, found)
        seen.update(draft.contribution_id for draft in made)
        if repair and wrong:
            indexing.write_for_staff([row for row in rows if row.pk in wrong])

    contributions.each_batch(Contribution.objects.all(), compare, locked=repair)
    stored = StaffSearchEntry.objects.values_list("contribution", flat=True)
    extra = [key for key in stored.iterator() if key not in seen]
    found.extra = len(extra)
    if repair and extra:
        StaffSearchEntry.objects.filter(contribution__in=extra).delete()
    return found


def _compare_staff_batch(made: list[StaffDraft], found: Difference) -> set[int]:
    digests = {one.contribution_id: one.digest for one in made}
    rows = StaffSearchEntry.objects.filter(contribution__in=list(digests))
    stored: dict[int, str] = dict(rows.values_list("contribution", "digest"))
    missing = digests.keys() - stored.keys()
    changed = {key for key, known in stored.items() if known != digests[key]}
    found.compared += len(made)
    found.missing += len(missing)
    found.different += len(changed)
    return missing | changed
