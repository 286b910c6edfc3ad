"""Who may order, see and download reports: those who may see the official's edition."""

from typing import Any

from participation.processes.models import Participation
from participation.processes.permissions import may_see_reports
from portal.jobs.models import Job

from .registry import has_source


def may_make_report(user: Any, participation: Participation) -> bool:
    return has_source(participation) and may_see_reports(user, participation)


def may_see_job(user: Any, job: Job) -> bool:
    return may_see_reports(user)
