"""One attempt at a job under its lease: progress and files, and nothing written once the lease is lost."""

import threading
import time
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from .enums import JobState
from .errors import LeaseLost
from .filing import Stored, delete_on_commit, discard, store
from .models import Job, JobFile

PROGRESS_SECONDS = 1.0


class JobRun:
    """One attempt at a job, as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.lost = threading.Event()
        self._written_at = float("-inf")

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Says how far the work is, to the database once a second; raises LeaseLost when it must stop.

        The message is an untranslated msgid (`gettext_noop`): readers see it in their own language.
        """
        if self.lost.is_set():
            raise LeaseLost(str(self.job.public_id))
        job = self.job
        is_news = message != job.message or (total > 0 and done >= total)
        job.done, job.total, job.message = done, total, message[:200]
        now = time.monotonic()
        if is_news or now - self._written_at >= PROGRESS_SECONDS:
            self._written_at = now
            self.write(done=job.done, total=job.total, message=job.message, heartbeat_at=timezone.now())

    def add_file(
        self, name: str, source: str | Path | IO[bytes], content_type: str, language: str = ""
    ) -> JobFile:
        """Stores a file of the job; the same name again replaces what an earlier attempt stored."""
        stored = store(self.job, name, source)
        try:
            with transaction.atomic():
                self.write(heartbeat_at=timezone.now())
                return self._write_row(name, content_type, language, stored)
        except BaseException:
            discard(stored.path)
            raise

    def _write_row(self, name: str, content_type: str, language: str, stored: Stored) -> JobFile:
        values = {
            "content_type": content_type,
            "language": language,
            "size": stored.size,
            "sha256": stored.sha256,
            "file": stored.path,
            "withdrawn_at": None,
            "created_at": timezone.now(),
        }
        earlier = JobFile.objects.filter(job=self.job, name=name).values_list("file", flat=True).first()
        row, _created = JobFile.objects.update_or_create(job=self.job, name=name, defaults=values)
        if earlier and earlier != stored.path:
            delete_on_commit(earlier)
        return row

    def write(self, **values: Any) -> None:
        """Writes columns of the job while it is this attempt's; raises LeaseLost when it no longer is."""
        mine = Job.objects.filter(pk=self.job.pk, lease=self.job.lease, state=JobState.RUNNING)
        if not mine.update(**values):
            self.lost.set()
            raise LeaseLost(str(self.job.public_id))
