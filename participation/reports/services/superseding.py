"""What becomes of reports when something in their snapshot is hidden, redacted, withdrawn or erased."""

from functools import partial

from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from participation.processes.enums import ModerationState
from participation.processes.models import Contribution
from portal.audit.services import record
from portal.jobs.services import withdraw_files

from ..enums import RowChange
from ..models import ChangedRow, Report

CHANGES = {
    "redacted": RowChange.REDACTED,
    "withdrawn": RowChange.WITHDRAWN,
    "removed": RowChange.REMOVED,
    "destroyed": RowChange.ERASED,
    "pseudonymised": RowChange.ERASED,
}


def change_of(contribution: Contribution, change: str) -> RowChange | None:
    """What a change means to a snapshot; None when it takes nothing out of view."""
    if change == "moderated":
        hidden = contribution.moderation_state == ModerationState.HIDDEN
        return RowChange.HIDDEN if hidden else None
    return CHANGES.get(change)


@transaction.atomic
def supersede_for(*, contribution: Contribution, change: RowChange) -> int:
    """Withdraw every report whose snapshot may hold the contribution; returns how many.

    Reports already superseded but without a successor note the row too: the successor tells of it.
    """
    reports = list(
        Report.objects.without_successor()
        .holding(contribution)
        .select_for_update(of=("self",))
        .select_related("job", "participation")
    )
    for report in reports:
        ChangedRow.objects.update_or_create(
            report=report, contribution_id=contribution.pk, defaults={"change": change, "at": timezone.now()}
        )
        if not report.is_superseded:
            withdraw(report)
    return len(reports)


def withdraw(report: Report) -> None:
    """Snapshot and files go; hash and counts stay."""
    name = report.snapshot.name
    report.superseded_at = timezone.now()
    report.snapshot = ""
    report.save(update_fields=["superseded_at", "snapshot"])
    if name:
        transaction.on_commit(partial(storages["private"].delete, name), robust=True)
    if report.job is not None:
        withdraw_files(report.job)
    record(verb="report.superseded", obj=report, participation=report.participation)
