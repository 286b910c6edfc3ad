"""All entries from their sources: made anew, or compared with what is there.

What differs is mended by the services that follow changes, under the locks of the rows it is made of: what
was read a moment ago may have been hidden since.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db.models import Exists, OuterRef

from participation.processes.models import Contribution

from ..drafts import Draft
from ..models import SearchEntry, StaffSearchEntry
from ..sources import contributions, pages
from . import indexing
from .difference import Difference

BATCH = 500
Progress = Callable[[int], None]


class _Comparing:
    """One comparison of all entries, and what it has found."""

    def __init__(self, *, repair: bool, progress: Progress | None) -> None:
        self.found = Difference()
        self._repair, self._progress = repair, progress
        self._of_pages: set[str] = set()
        self._wrong_pages: set[int] = set()
        self._last_known = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def pages(self, drafts: list[Draft]) -> None:
        made = {draft.document: draft.digest for draft in drafts}
        stored = SearchEntry.objects.filter(document__in=list(made)).values_list("document", "digest")
        wrong = self.found.compare(made, dict(stored))
        self.found.compared += len(made)
        self._of_pages |= made.keys()
        self._wrong_pages |= {
            draft.page_id for draft in drafts if draft.document in wrong and draft.page_id is not None
        }
        self._tell()

    def after_pages(self) -> None:
        """Entries that no page gives any more too; those written meanwhile are not old enough to tell."""
        rows = SearchEntry.objects.filter(page__isnull=False, pk__lte=self._last_known)
        gone = {
            document: page
            for document, page in rows.values_list("document", "page").iterator()
            if document not in self._of_pages
        }
        self.found.add(extra=gone)
        if self._repair:
            for page in self._wrong_pages.union(gone.values()):
                indexing.mend_page(page)

    def contributions(self, rows: list[Contribution]) -> None:
        drafts = [draft for row in rows if (draft := contributions.draft_of(row)) is not None]
        made = {draft.document: draft.digest for draft in drafts}
        stored = SearchEntry.objects.filter(contribution__in=rows).values_list("document", "digest")
        wrong = self.found.compare(made, dict(stored))
        self.found.compared += len(made)
        if self._repair:
            indexing.write([draft for draft in drafts if draft.document in wrong])
            indexing.remove(wrong - made.keys())
        self._tell()

    def after_contributions(self) -> None:
        """Entries of contributions that are not public."""
        public = contributions.public_rows().filter(pk=OuterRef("contribution"))
        rows = SearchEntry.objects.filter(~Exists(public), contribution__isnull=False)
        gone = dict(rows.values_list("document", "contribution"))
        self.found.add(extra=gone)
        if self._repair:
            theirs = Contribution.objects.filter(pk__in=set(gone.values()))
            contributions.each_batch(theirs, indexing.contributions_changed, locked=True)

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(self.found.compared)


def compare_entries(*, repair: bool = False, progress: Progress | None = None) -> Difference:
    """Compares entries with their sources by digest; `repair` mends what differs."""
    comparing = _Comparing(repair=repair, progress=progress)
    for batch in _of_pages():
        comparing.pages(batch)
    comparing.after_pages()
    contributions.each_batch(contributions.public_rows(), comparing.contributions, locked=repair)
    comparing.after_contributions()
    return comparing.found


def _of_pages() -> Iterator[list[Draft]]:
    drafts = (
        draft for page_type in pages.page_types() for draft in pages.drafts_of(pages.live_pages(page_type))
    )
    while batch := list(islice(drafts, BATCH)):
        yield batch


def compare_staff_entries(*, repair: bool = False) -> Difference:
    found = Difference()

    def compare(rows: list[Contribution]) -> None:
        drafts = [draft for row in rows if (draft := contributions.staff_draft_of(row)) is not None]
        held = StaffSearchEntry.objects.filter(contribution__in=rows).values_list("contribution", "digest")
        stored = {_document(key): digest for key, digest in held}
        wrong = found.compare({_document(draft.contribution_id): draft.digest for draft in drafts}, stored)
        found.compared += len(drafts)
        if repair:
            indexing.write_for_staff([row for row in rows if _document(row.pk) in wrong])

    contributions.each_batch(Contribution.objects.all(), compare, locked=repair)
    return found


def _document(contribution_id: int) -> str:
    return f"contribution:{contribution_id}"
