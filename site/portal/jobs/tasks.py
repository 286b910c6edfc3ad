"""Thin tasks; `services` does the work, and only `sending` calls them."""

from typing import Any

from celery import shared_task

from .schedule import run_due
from .sending import RUN_TASK
from .services import run, sweep


@shared_task(name=RUN_TASK, bind=True)
def run_job(self: Any, job_id: int) -> None:
    run(job_id, keep_alive=not self.request.is_eager)


@shared_task(name="portal.jobs.tick")
def tick() -> None:
    """Sent by beat every few seconds."""
    sweep()
    run_due()
