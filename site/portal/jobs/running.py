"""Running one job under a lease: claimed, kept alive, ended; nothing written once the lease is lost."""

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core import request_id

from . import registry
from .attempt import JobRun
from .enums import JobState
from .errors import JobFailed, LeaseLost
from .models import Job

logger = logging.getLogger(__name__)
RETRY_SECONDS = 10


def run(job_id: int, *, keep_alive: bool = False) -> None:
    """Runs the job if it waits or its worker has gone silent; otherwise does nothing.

    With `keep_alive` a thread signs for life while the handler is busy; it needs a connection of its own.
    """
    job = _claim(job_id)
    if job is None:
        return
    attempt = JobRun(job)
    with request_id.use(f"job-{job.public_id}"):
        logger.info("job %s begins, attempt %d", job.kind, job.attempts)
        try:
            kind = registry.get(job.kind)
            with _kept_alive(attempt, kind.time_limit, keep_alive):
                kind.handler(attempt)
            attempt.write(**_ending(JobState.DONE), done=job.done, total=job.total)
            logger.info("job %s done", job.kind)
        except LeaseLost:
            logger.warning("job %s was taken over or cancelled", job.kind)
        except JobFailed as failure:
            _fail(attempt, failure)
        except Exception as error:
            logger.exception("job %s stopped", job.kind)
            _retry_later_or_fail(attempt, error)
        except BaseException:
            # The worker is being shut down: leave the job to the next one at once.
            _give_back(attempt)
            raise


def _claim(job_id: int) -> Job | None:
    now = timezone.now()
    token = uuid.uuid4()
    claimed = (
        Job.objects.filter(pk=job_id, attempts__lt=F("max_attempts"))
        .claimable()
        .update(
            state=JobState.RUNNING,
            lease=token,
            heartbeat_at=now,
            attempts=F("attempts") + 1,
            started_at=Coalesce(F("started_at"), now),
            next_attempt_at=None,
        )
    )
    return Job.objects.filter(pk=job_id, lease=token).first() if claimed else None


def _ending(state: JobState) -> dict[str, Any]:
    return {"state": state, "finished_at": timezone.now(), "lease": None, "message": ""}


def failure_values(failure: JobFailed) -> dict[str, Any]:
    """The columns that say that a job failed and why, in both languages."""
    return _ending(JobState.FAILED) | {
        "error_code": failure.code[:60],
        "reason_fi": failure.text("fi")[:500],
        "reason_sv": failure.text("sv")[:500],
    }


def _fail(attempt: JobRun, failure: JobFailed) -> None:
    logger.warning("job %s failed: %s", attempt.job.kind, failure.code)
    _write_if_mine(attempt, failure_values(failure))


def _retry_later_or_fail(attempt: JobRun, error: Exception) -> None:
    job = attempt.job
    if job.attempts >= job.max_attempts:
        reason = _(
            "The work stopped at an error in the system. Try again; if it stops again, give the id of the job"
            " to the administrator."
        )
        _fail(attempt, JobFailed(type(error).__name__, reason))
        return
    due = timezone.now() + timedelta(seconds=RETRY_SECONDS * 2 ** (job.attempts - 1))
    values = {"state": JobState.QUEUED, "lease": None, "sent_at": None, "next_attempt_at": due}
    _write_if_mine(attempt, values | {"error_code": type(error).__name__[:60]})


def _give_back(attempt: JobRun) -> None:
    values = {"state": JobState.QUEUED, "lease": None, "sent_at": None, "attempts": F("attempts") - 1}
    try:
        _write_if_mine(attempt, values)
    except Exception:
        logger.exception("job %s could not be given back; its lease will run out", attempt.job.kind)


def _write_if_mine(attempt: JobRun, values: dict[str, Any]) -> None:
    try:
        attempt.write(**values)
    except LeaseLost:
        logger.warning("job %s was taken over or cancelled", attempt.job.kind)


@contextmanager
def _kept_alive(attempt: JobRun, time_limit: timedelta, wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    stop = threading.Event()
    thread = threading.Thread(
        target=_sign_for_life, args=(attempt, time_limit, stop), name="job-heartbeat", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _sign_for_life(attempt: JobRun, time_limit: timedelta, stop: threading.Event) -> None:
    ends_at = time.monotonic() + time_limit.total_seconds()
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
            if time.monotonic() > ends_at:
                logger.error("job %s has run longer than it may; its lease is let go", attempt.job.kind)
                return
            try:
                attempt.write(heartbeat_at=timezone.now())
            except LeaseLost:
                return
            except Exception:
                logger.exception("a sign of life could not be written")
    finally:
        connection.close()
