"""Ordering a report: a row and a job in one transaction."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from participation.processes.models import Participation
from portal.audit.services import record
from portal.jobs.services import enqueue

from ..enums import Edition
from ..files import FORMATS, LANGUAGES
from ..models import Report
from ..snapshot import ENGINE

JOB_KIND = "report"


@transaction.atomic
def request_report(
    *,
    participation: Participation,
    languages: Sequence[str],
    formats: Sequence[str],
    actor: Any = None,
    queued: bool = True,
) -> Report:
    """A new report of the participation as it is when a worker takes it up.

    It succeeds the latest superseded one that has no successor. `queued=False` makes no job: the caller makes
    the files. Raises ValueError when a language or format is unknown or none is chosen.
    """
    report = Report.objects.create(
        participation=Participation.objects.get(pk=participation.pk),
        parameters={"edition": Edition.OFFICIAL.value},
        languages=chosen(languages, LANGUAGES),
        formats=chosen(formats, FORMATS),
        engine=ENGINE,
        created_by=actor,
        supersedes=latest_superseded(participation),
    )
    if queued:
        parameters = {"report": str(report.public_id)}
        report.job = enqueue(JOB_KIND, parameters, created_by=actor, participation_id=participation.public_id)
        report.save(update_fields=["job"])
    record(verb="report.ordered", actor=actor, obj=report, participation=participation)
    return report


def chosen(wanted: Sequence[str], known: Sequence[str]) -> list[str]:
    unknown = sorted(set(wanted) - set(known))
    if unknown or not wanted:
        raise ValueError(f"{', '.join(unknown) or 'none'} chosen: choose of {', '.join(known)}")
    return [name for name in known if name in wanted]


def latest_superseded(participation: Participation) -> Report | None:
    superseded = Report.objects.without_successor().filter(participation=participation.pk)
    return superseded.exclude(superseded_at=None).exclude(sha256="").order_by("-created_at", "-id").first()


def new_version(*, report: Report, actor: Any = None) -> Report:
    """The same languages and formats, from the data as they are now."""
    return request_report(
        participation=report.participation, languages=report.languages, formats=report.formats, actor=actor
    )
