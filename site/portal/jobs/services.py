"""Ordering, retrying, cancelling and sweeping jobs."""

import logging
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.audit.services import record

from . import registry
from .enums import RETRYABLE, UNFINISHED, JobState
from .errors import JobFailed
from .filing import delete_on_commit
from .models import Job, JobFile, lease
from .running import failure_values, run
from .sending import send

__all__ = ["cancel", "enqueue", "prune", "retry", "run", "sweep", "withdraw_files"]

logger = logging.getLogger(__name__)
RESEND_SECONDS = 60
SWEEP_BATCH = 100
UNLISTED_DAYS = 7


def enqueue(
    kind: str,
    parameters: dict[str, Any],
    *,
    created_by: Any = None,
    participation_id: UUID | None = None,
    key: str | None = None,
) -> Job:
    """Orders a job in the caller's transaction; a worker hears of it after the commit.

    With a key there is at most one unfinished job of that key: while one is, it is the answer.
    """
    now = timezone.now()
    job = Job(
        kind=kind,
        parameters=parameters,
        created_by=created_by,
        participation_id=participation_id,
        key=key or "",
        max_attempts=registry.get(kind).max_attempts,
        # Written as sent at once, and unwritten if it was not: the usual path costs one statement.
        sent_at=now,
        sends=1,
    )
    if not key:
        job.save(force_insert=True)
    else:
        earlier = _insert_once(job)
        if earlier is not None:
            return earlier
    transaction.on_commit(partial(_send, job.pk), robust=True)
    return job


def _insert_once(job: Job) -> Job | None:
    """Inserts the job, or returns the unfinished one that has its key."""
    while True:
        try:
            with transaction.atomic():
                job.save(force_insert=True)
            return None
        except IntegrityError:
            earlier = Job.objects.unfinished().filter(key=job.key).first()
            if earlier is not None:
                return earlier


def _send(job_id: int) -> bool:
    sent = send(job_id)
    if not sent:
        Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(sent_at=None)
    return sent


def retry(job: Job, *, actor: Any = None) -> bool:
    """Puts a failed or cancelled job back in the queue; False if it is not one, or its key is taken."""
    try:
        with transaction.atomic():
            changed = Job.objects.filter(pk=job.pk, state__in=RETRYABLE).update(
                state=JobState.QUEUED,
                attempts=0,
                sends=1,
                sent_at=timezone.now(),
                next_attempt_at=None,
                finished_at=None,
                error_code="",
                reason_fi="",
                reason_sv="",
                done=0,
                total=0,
            )
            if changed:
                _record(job, "job.retried", actor)
                transaction.on_commit(partial(_send, job.pk), robust=True)
    except IntegrityError:
        return False
    return bool(changed)


@transaction.atomic
def cancel(job: Job, *, actor: Any = None) -> bool:
    """Ends an unfinished job; a worker at it stops at its next sign of life."""
    changed = Job.objects.filter(pk=job.pk, state__in=UNFINISHED).update(
        state=JobState.CANCELLED, lease=None, finished_at=timezone.now(), message=""
    )
    if changed:
        _record(job, "job.cancelled", actor)
    return bool(changed)


@transaction.atomic
def withdraw_files(job: Job, *, actor: Any = None) -> int:
    """Withdraws every file of a job: rows and hashes stay, the bytes go."""
    files = list(JobFile.objects.filter(job=job, withdrawn_at=None))
    for file in files:
        delete_on_commit(str(file.file.name))
    JobFile.objects.filter(pk__in=[file.pk for file in files]).update(withdrawn_at=timezone.now())
    if files:
        _record(job, "job.files_withdrawn", actor)
    return len(files)


def sweep() -> int:
    """Fails what died too often, takes over stale leases, sends what no worker has heard of.

    Sending a job twice does no harm: only one worker gets the lease.
    """
    now = timezone.now()
    stale = Q(state=JobState.RUNNING, heartbeat_at__lt=now - lease())
    reason = _("The work was interrupted too many times, perhaps for lack of memory. Try again later.")
    values = failure_values(JobFailed("worker_lost", reason))
    lost = Job.objects.filter(stale, attempts__gte=F("max_attempts")).update(**values)
    taken = Job.objects.filter(stale).update(state=JobState.QUEUED, lease=None, sent_at=None)
    if lost or taken:
        logger.warning("%d jobs lost their worker and are taken over, %d failed of it", taken, lost)
    return _resend(now)


def _resend(now: Any) -> int:
    """A message may be lost with a broker, or only be waiting its turn: the pauses double."""
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    silent = Q(sent_at=None) | Q(sent_at__lt=now - timedelta(seconds=RESEND_SECONDS))
    jobs = Job.objects.filter(due, silent, state=JobState.QUEUED).order_by("created_at", "id")
    sent = 0
    for job in jobs.only("id", "sent_at", "sends")[:SWEEP_BATCH]:
        pause = timedelta(seconds=RESEND_SECONDS * 2 ** min(max(job.sends - 1, 0), 6))
        if job.sent_at is not None and job.sent_at > now - pause:
            continue
        # Marked before it is sent: an eager or quick worker may have ended the job by the next line.
        mine = Job.objects.filter(pk=job.pk, state=JobState.QUEUED, sent_at=job.sent_at)
        if not mine.update(sent_at=now, sends=min(job.sends + 1, 1000)):
            continue
        if not _send(job.pk):
            break
        sent += 1
    return sent


def prune() -> int:
    """Deletes finished jobs of unlisted kinds after a week; listed ones are history."""
    before = timezone.now() - timedelta(days=UNLISTED_DAYS)
    old = Job.objects.filter(kind__in=registry.unlisted(), finished_at__lt=before, files=None)
    return old.delete()[0]


def _record(job: Job, verb: str, actor: Any) -> None:
    record(verb=verb, actor=actor, obj=job, participation=job.participation_id)
