"""Contributions as drafts: public ones for everybody, all of them for staff."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from participation.processes.models import Contribution

from ..drafts import Draft, StaffDraft
from ..registry import contribution_kind, participation_kinds

BATCH = 500
RELATED = ("participation", "organisation")
COLUMNS = (
    "public_id",
    "participation_id",
    "organisation_id",
    "language",
    "moderation_state",
    "audience",
    "public_text",
    "display_name",
    "received_at",
    "destroyed_at",
)
"""What drafts are made of."""


def draft_of(contribution: Contribution) -> Draft | None:
    """What everybody may find of it; None when the row itself is not public.

    Its writer's name is no word of it: nobody is looked up by what they have said. An organisation's is.
    """
    kind = contribution_kind(contribution.participation.kind)
    if kind is None or not contribution.is_public:
        return None
    return Draft(
        kind=kind.kind.name,
        public_id=contribution.public_id,
        language=contribution.language,
        rank=kind.kind.rank,
        dated_at=contribution.received_at,
        title=organisation_name(contribution),
        passage=contribution.public_text,
        participation_id=contribution.participation_id,
        contribution_id=contribution.pk,
    )


def staff_draft_of(contribution: Contribution) -> StaffDraft | None:
    """Words, name shown and organisation; None once the text is destroyed."""
    if contribution.destroyed_at is not None:
        return None
    names = " ".join(filter(None, (contribution.display_name, organisation_name(contribution))))
    return StaffDraft(contribution.pk, contribution.language, names, contribution.public_text)


def organisation_name(contribution: Contribution) -> str:
    """In both languages, where they differ."""
    if contribution.organisation_id is None or contribution.organisation is None:
        return ""
    names = (contribution.organisation.name_fi, contribution.organisation.name_sv)
    return " ".join(dict.fromkeys(filter(None, names)))


def each_batch(
    rows: QuerySet[Contribution], work: Callable[[list[Contribution]], None], *, locked: bool = False
) -> None:
    """Does the work by key, a batch in each transaction; `locked`: nobody changes the rows meanwhile."""
    last = 0
    ordered = rows.prefetch_related(*RELATED).only(*COLUMNS).order_by("pk")
    if locked:
        ordered = ordered.select_for_update(of=("self",), no_key=True)
    while True:
        with transaction.atomic():
            batch = list(ordered.filter(pk__gt=last)[:BATCH])
            if batch:
                work(batch)
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def public_rows() -> QuerySet[Contribution]:
    rows: QuerySet[Contribution] = Contribution.objects.published()
    return rows.filter(participation__kind__in=participation_kinds())
