"""Writing and removing search entries, always in the transaction of the change they follow."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from wagtail.models import Page

from participation.processes.models import Contribution, Participation, ParticipationPage
from participation.processes.services.pages import page_models
from portal.accounts.models import Organisation

from ..drafts import Draft
from ..models import SearchEntry, StaffSearchEntry
from ..sources import contributions as contribution_source
from ..sources import pages as page_source
from . import pushing

CHANGED_FIELDS = [
    field.name for field in SearchEntry._meta.concrete_fields if field.name not in ("id", "document")
]
Row = TypeVar("Row", bound=Model)
STAFF_FIELDS = ["language", "exact", "base", "digest"]
_waiting: ContextVar[list[Contribution] | None] = ContextVar("waiting", default=None)


@transaction.atomic
def write(drafts: Sequence[Draft]) -> None:
    """Adds or replaces the entries of these things: one statement, and one more with a search server."""
    if not drafts:
        return
    SearchEntry.objects.bulk_create(
        [draft.as_entry() for draft in drafts],
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=CHANGED_FIELDS,
    )
    pushing.owe([draft.document for draft in drafts])


@transaction.atomic
def remove(documents: Iterable[str]) -> None:
    gone = list(documents)
    if gone:
        SearchEntry.objects.filter(document__in=gone).delete()
        pushing.owe(gone)


@transaction.atomic
def page_changed(page: Page) -> None:
    """Makes the entries of a page those of what is live now."""
    now = page_source.stored(page)
    drafts = list(page_source.drafts_of([now])) if now is not None else []
    kept = {draft.document: draft.digest for draft in drafts}
    before = dict(SearchEntry.objects.filter(page=page.pk).values_list("document", "digest"))
    remove(document for document in before if document not in kept)
    write([draft for draft in drafts if before.get(draft.document) != draft.digest])


@transaction.atomic
def mend_page(page_id: int) -> None:
    """Makes the entries of a page anew from what is live at this moment.

    Under the locks of its rows; where somebody is changing them the entries are left to that change.
    """
    page = _unless_locked(Page.objects.filter(pk=page_id)).first()
    if page is None:
        return
    rows = Participation.objects.filter(translation_key=page.translation_key)
    if len(_unless_locked(rows)) == rows.count():
        page_changed(page)


def _unless_locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=True)


@transaction.atomic
def page_deleted(page_id: int) -> None:
    remove(SearchEntry.objects.filter(page=page_id).values_list("document", flat=True))


@transaction.atomic
def contribution_deleted(contribution_id: int) -> None:
    remove(SearchEntry.objects.filter(contribution=contribution_id).values_list("document", flat=True))


@transaction.atomic
def participation_changed(participation: Participation) -> None:
    """Its pages tell of its matter, of its diary number and, once answered, of what came of it."""
    for model in page_models():
        if model.kind == participation.kind:
            pages: Iterable[ParticipationPage] = model.objects.filter(
                translation_key=participation.translation_key, live=True
            )
            for page in pages:
                page_changed(page)


@transaction.atomic
def contribution_changed(contribution: Contribution, *, is_new: bool = False) -> None:
    """One statement for everybody's entry, one for the staff's; within `together()` at its end."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.append(contribution)
    else:
        contributions_changed([contribution], are_new=is_new)


@contextmanager
def together() -> Iterator[None]:
    """Contributions that change within are written in batches at the end; inside the caller's transaction."""
    waiting: list[Contribution] = []
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    contributions_changed(waiting)


@transaction.atomic
def contributions_changed(contributions: Sequence[Contribution], *, are_new: bool = False) -> None:
    drafts = {one.pk: contribution_source.draft_of(one) for one in contributions}
    write([draft for draft in drafts.values() if draft is not None])
    hidden = [key for key, draft in drafts.items() if draft is None]
    if hidden and not are_new:
        remove(SearchEntry.objects.filter(contribution__in=hidden).values_list("document", flat=True))
    write_for_staff(contributions)


@transaction.atomic
def organisation_changed(organisation: Organisation) -> None:
    """Its contributions are found by its name."""
    rows = Contribution.objects.filter(organisation=organisation.pk)
    # Locked: what was read would else be hidden or redacted before it is written.
    contribution_source.each_batch(rows, contributions_changed, locked=True)


def write_for_staff(contributions: Sequence[Contribution]) -> None:
    drafts = [contribution_source.staff_draft_of(one) for one in contributions]
    StaffSearchEntry.objects.bulk_create(
        [draft.as_entry() for draft in drafts if draft is not None],
        update_conflicts=True,
        unique_fields=["contribution"],
        update_fields=STAFF_FIELDS,
    )
    destroyed = [one.pk for one, draft in zip(contributions, drafts, strict=True) if draft is None]
    if destroyed:
        StaffSearchEntry.objects.filter(contribution__in=destroyed).delete()
