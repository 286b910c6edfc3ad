"""What the reports page shows, in a constant number of queries."""

from collections import Counter, defaultdict
from typing import Any

from participation.processes.models import Participation

from .enums import ReportFormat, RowChange
from .models import ChangedRow, Report

MOST_LISTED = 20


def reports_of(participation: Participation) -> list[dict[str, Any]]:
    """The latest reports of a participation, with job, files, and what has changed since."""
    rows = list(
        Report.objects.filter(participation=participation.pk)
        .select_related("job", "created_by", "superseded_by")
        .prefetch_related("job__files")[:MOST_LISTED]
    )
    changes: dict[int, Counter[str]] = defaultdict(Counter)
    for report_id, change in ChangedRow.objects.filter(report__in=rows).values_list("report_id", "change"):
        changes[report_id][change] += 1
    return [listed(report, changes[report.pk]) for report in rows]


def listed(report: Report, changes: Counter[str]) -> dict[str, Any]:
    files = sorted(report.job.files.all(), key=lambda file: (file.language, file.name)) if report.job else []
    return {
        "report": report,
        "job": report.job,
        "files": files,
        "formats": [str(ReportFormat(name).name) for name in report.formats],
        "changed": sum(changes.values()),
        "changes": [(RowChange(code).label, count) for code, count in sorted(changes.items())],
        "has_successor": hasattr(report, "superseded_by"),
    }
