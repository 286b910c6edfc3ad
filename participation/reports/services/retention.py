"""Erasing the files of old reports: hash, counts and orders stay, and a report can be made again."""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.audit.services import record
from portal.jobs.enums import UNFINISHED
from portal.jobs.filing import delete_on_commit
from portal.jobs.services import withdraw_files

from ..models import Report

logger = logging.getLogger(__name__)


def erase_due(now: dt.datetime | None = None) -> int:
    """The retention job: erases files made REPORT_FILE_DAYS ago (0: never); returns of how many reports.

    One that cannot be erased is logged and tried again the next night.
    """
    days = settings.REPORT_FILE_DAYS
    if days <= 0:
        return 0
    before = (now or timezone.now()) - dt.timedelta(days=days)
    due = Report.objects.filter(taken_at__lte=before, erased_at=None).exclude(job__state__in=UNFINISHED)
    done = 0
    for report in list(due.order_by("pk")):
        try:
            erase(report)
            done += 1
        except Exception:
            logger.exception("the files of report %s could not be erased", report.public_id)
    return done


@transaction.atomic
def erase(report: Report) -> None:
    """Also of a withdrawn report: what storage did not let go then, it is asked for again."""
    row = Report.objects.select_for_update(of=("self",)).select_related("job").get(pk=report.pk)
    names = {row.snapshot.name, row.snapshot_name}
    if row.job is not None:
        names |= set(row.job.files.values_list("file", flat=True))
        withdraw_files(row.job)
    for name in sorted(filter(None, names)):
        delete_on_commit(str(name))
    row.snapshot, row.erased_at = "", timezone.now()
    row.save(update_fields=["snapshot", "erased_at"])
    record(verb="report.erased", obj=row, participation=row.participation)
