"""Taking the snapshot of a report: read in one transaction, written to private storage, hashed."""

from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from participation.processes.models import Participation
from participation.processes.services.contributions import lock_participation

from ..header import header
from ..models import Report
from ..reading import frozen
from ..registry import source_for
from ..snapshot import Row, SnapshotWriter
from ..workplace import workplace


class SnapshotOutdated(Exception):
    """Something in the data was hidden or changed while they were being read."""


def take_snapshot(report: Report) -> None:
    """Read the participation's contributions into the report's snapshot file.

    Raises SnapshotOutdated when a change superseded the report meanwhile; then nothing is kept.
    """
    begin(report)
    with workplace() as folder:
        path = folder / "snapshot.ndjson"
        values = read(report, path)
        with path.open("rb") as source:
            name = report.snapshot.storage.save(report.snapshot_name, File(source))
    keep(report, name, values)


@transaction.atomic
def begin(report: Report) -> None:
    """Mark the beginning under the lock that every change of a contribution takes: a change that began
    before is seen by the reading, one that begins after sees the mark and supersedes the report."""
    lock_participation(report.participation_id)
    report.read_from = timezone.now()
    report.save(update_fields=["read_from"])


def read(report: Report, path: Path) -> dict[str, Any]:
    with frozen() as using, path.open("wb") as target:
        participation = Participation.objects.using(using).get(pk=report.participation_id)
        read_from = timezone.now()
        taken_at = read_from.replace(microsecond=0)
        source = source_for(participation)
        described = header(
            participation,
            taken_at=taken_at,
            parameters=report.parameters,
            reasons=source.reasons(),
            previous=previous_of(report),
            using=using,
        )
        writer = SnapshotWriter(target, described)
        for batch in source.batches(participation, using):
            for row in batch:
                writer.add(row)
        sha256 = writer.finish()
    counts = {**described["counts"], "rows": writer.rows}
    return {
        "read_from": read_from,
        "taken_at": taken_at,
        "sha256": sha256,
        "counts": counts,
        "engine": described["engine"],
    }


def previous_of(report: Report) -> Row | None:
    """What the report supersedes: its hash, how many rows have changed since and why."""
    earlier = report.supersedes
    if earlier is None:
        return None
    reasons = earlier.change_counts()
    return {"hash": earlier.sha256, "changed": sum(reasons.values()), "reasons": reasons}


def keep(report: Report, name: str, values: dict[str, Any]) -> None:
    if Report.objects.filter(pk=report.pk, superseded_at=None).update(snapshot=name, **values):
        report.refresh_from_db()
        return
    report.snapshot.storage.delete(name)
    raise SnapshotOutdated(str(report.public_id))
