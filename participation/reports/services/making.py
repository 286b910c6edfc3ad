"""Making a report's files from its snapshot, in the job or into a folder."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.jobs.attempt import JobRun
from portal.jobs.errors import JobFailed

from ..files import FilePlan, file_name
from ..models import Report
from ..pipeline import Pipeline
from ..snapshot import Row, Snapshot
from ..workplace import workplace
from .taking import SnapshotOutdated, take_snapshot

TAKING = gettext_noop("Collecting the contributions")
MAKING = gettext_noop("Making the files")
SUPERSEDED = _(
    "Something in the report was hidden, redacted or withdrawn while it was being made. Make a new version."
)
ERASED = _("The files of this report have been erased, since their time was over. Make the report again.")


def make_files(run: JobRun) -> None:
    """The handler of report jobs: takes the snapshot once, then makes the files that are not there yet."""
    report = Report.objects.select_related("participation").get(public_id=run.job.parameters["report"])
    if report.is_erased:
        raise JobFailed("erased", ERASED)
    run.progress(0, 0, TAKING)
    try:
        with ready(report) as (snapshot, folder):
            header = Snapshot.open(snapshot).header
            there = set(run.job.files.filter(withdrawn_at=None).values_list("name", flat=True))
            pipeline = Pipeline(
                snapshot,
                folder,
                pulse=lambda done, total: run.progress(done, total, MAKING),
                processes=settings.REPORT_PROCESSES,
            )
            for plan, path in pipeline.run(
                report.languages, report.formats, made=lambda plan: file_name(header, plan) in there
            ):
                add(run, report, header, plan, path)
    except SnapshotOutdated as outdated:
        raise JobFailed("superseded", SUPERSEDED) from outdated


@contextmanager
def ready(report: Report) -> Iterator[tuple[Path, Path]]:
    """The snapshot as a local file, taken now unless it is there already, and a folder to work in."""
    if report.is_superseded:
        raise SnapshotOutdated(str(report.public_id))
    if not report.snapshot:
        take_snapshot(report)
    with workplace() as folder:
        snapshot = folder / "snapshot.ndjson"
        try:
            with report.snapshot.open("rb") as source, snapshot.open("wb") as target:
                shutil.copyfileobj(source, target)
        except FileNotFoundError as gone:
            raise SnapshotOutdated(str(report.public_id)) from gone
        yield snapshot, folder


@transaction.atomic
def add(run: JobRun, report: Report, header: Row, plan: FilePlan, path: Path) -> None:
    """Store a file under the report's lock: a change that supersedes it finds the file, or we find the
    change.
    """
    if Report.objects.select_for_update().get(pk=report.pk).is_superseded:
        raise SnapshotOutdated(str(report.public_id))
    run.add_file(file_name(header, plan), path, plan.content_type, plan.language)
    path.unlink()


def make_to_folder(
    report: Report, target: Path, pulse: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[Path]:
    """Make the report's files into a folder, for the command line; yields each as it is ready."""
    with ready(report) as (snapshot, folder):
        header = Snapshot.open(snapshot).header
        pipeline = Pipeline(snapshot, folder, pulse=pulse, processes=settings.REPORT_PROCESSES)
        for plan, path in pipeline.run(report.languages, report.formats):
            made = target / file_name(header, plan)
            shutil.move(path, made)
            yield made
