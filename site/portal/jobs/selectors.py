"""What a person may see of jobs and their files."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from . import registry
from .enums import JobState
from .models import Job, JobFile

PAGE_SIZE = 25
CHUNK = 100


def may_see(user: Any, job: Job) -> bool:
    """Asks the kind of the job; a kind nobody registers any more is seen by nobody."""
    kind = registry.find(job.kind)
    return kind is not None and bool(user.is_authenticated) and kind.may_see(user, job)


def visible_job(user: Any, public_id: UUID) -> Job | None:
    job = Job.objects.select_related("created_by").filter(public_id=public_id).first()
    return job if job is not None and may_see(user, job) else None


def visible_file(user: Any, public_id: UUID) -> JobFile | None:
    file = JobFile.objects.select_related("job").filter(public_id=public_id).first()
    return file if file is not None and may_see(user, file.job) else None


def visible_jobs(
    user: Any, *, state: str = "", before: UUID | None = None, size: int = PAGE_SIZE
) -> tuple[list[Job], UUID | None]:
    """One page of the history, newest first, and the public id that the next page begins before.

    Kinds decide row by row, so rows are read in chunks until the page is full.
    """
    jobs = Job.objects.exclude(kind__in=registry.unlisted()).select_related("created_by")
    if state in JobState.values:
        jobs = jobs.filter(state=state)
    last = Job.objects.filter(public_id=before).first() if before else None
    found: list[Job] = []
    while True:
        rows = list(jobs.filter(_older_than(last)).order_by("-created_at", "-id")[:CHUNK])
        for row in rows:
            if may_see(user, row):
                if len(found) == size:
                    return found, found[-1].public_id
                found.append(row)
        if len(rows) < CHUNK:
            return found, None
        last = rows[-1]


def _older_than(job: Job | None) -> Q:
    if job is None:
        return Q()
    return Q(created_at__lt=job.created_at) | Q(created_at=job.created_at, pk__lt=job.pk)
