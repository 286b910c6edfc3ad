"""All entries from their sources: made anew, or compared with what is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

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


def drafts() -> Iterator[list[Draft]]:
    """Everything that is public, in batches."""
    batch: list[Draft] = []
    for page_type in pages.page_types():
        for draft in pages.drafts_of(pages.live_pages(page_type)):
            batch.append(draft)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    if batch:
        yield batch
    for rows in contributions.batches(contributions.public_rows()):
        yield [found for row in rows if (found := contributions.draft_of(row)) is not None]


def compare_entries(*, repair: bool = False, progress: Progress | None = None) -> Difference:
    """Compares entries with their sources by digest; `repair` writes what differs, a batch at a time."""
    found = Difference()
    last_known = SearchEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    seen: set[str] = set()
    for batch in drafts():
        stored = dict(
            SearchEntry.objects.filter(document__in=[draft.document for draft in batch]).values_list(
                "document", "digest"
            )
        )
        missing = [draft for draft in batch if draft.document not in stored]
        changed = [draft for draft in batch if stored.get(draft.document, draft.digest) != draft.digest]
        seen.update(draft.document for draft in batch)
        found.compared += len(batch)
        found.missing += len(missing)
        found.different += len(changed)
        if repair:
            _write_again(missing + changed)
        if progress is not None:
            progress(found.compared)
    extra = _extra(seen, last_known)
    found.extra = len(extra)
    if repair:
        for start in range(0, len(extra), BATCH):
            indexing.remove(extra[start : start + BATCH])
    return found


def _write_again(wrong: list[Draft]) -> None:
    """Under the rows' locks: what was read a moment ago may have been hidden since."""
    if not wrong:
        return
    with transaction.atomic():
        keys = [draft.contribution_id for draft in wrong if draft.contribution_id is not None]
        rows = Contribution.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        now = [contributions.draft_of(row) for row in rows.select_related("participation", "organisation")]
        of_pages = [draft for draft in wrong if draft.contribution_id is None]
        indexing.write([*of_pages, *(draft for draft in now if draft is not None)])


def _extra(seen: set[str], last_known: int) -> list[str]:
    """Entries that nothing gives any more; those written meanwhile are not old enough to tell."""
    rows = SearchEntry.objects.filter(pk__lte=last_known).order_by("pk")
    return [one for one in rows.values_list("document", flat=True).iterator() if one not in seen]


def compare_staff_entries(*, repair: bool = False) -> Difference:
    found = Difference()
    seen: set[int] = set()
    for rows in contributions.batches(Contribution.objects.all()):
        made = [draft for row in rows if (draft := contributions.staff_draft_of(row)) is not None]
        wrong = _compare_staff_batch(made, found)
        seen.update(draft.contribution_id for draft in made)
        if repair and wrong:
            by_key = {row.pk: row for row in rows}
            indexing.write_for_staff([by_key[key] for key in wrong])
    extra = [
        key for key in StaffSearchEntry.objects.values_list("contribution", flat=True) if key not in seen
    ]
    found.extra = len(extra)
    if repair and extra:
        StaffSearchEntry.objects.filter(contribution__in=extra).delete()
    return found


def _compare_staff_batch(made: list[StaffDraft], found: Difference) -> list[int]:
    stored = dict(
        StaffSearchEntry.objects.filter(contribution__in=[one.contribution_id for one in made]).values_list(
            "contribution", "digest"
        )
    )
    missing = [one.contribution_id for one in made if one.contribution_id not in stored]
    changed = [
        one.contribution_id for one in made if stored.get(one.contribution_id, one.digest) != one.digest
    ]
    found.compared += len(made)
    found.missing += len(missing)
    found.different += len(changed)
    return missing + changed
