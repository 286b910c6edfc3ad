"""Jobs in the administration, and the one view that hands out their files."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.audit.services import record
from portal.core.views import gone

from . import registry, selectors, services
from .enums import JobState
from .models import Job

logger = logging.getLogger(__name__)


@never_cache
@require_GET
def download(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Streams a file to those its kind of job allows; each download is in the audit log.

    404 for everyone else, also for files that never were; 410 for a file that was withdrawn.
    """
    file = selectors.visible_file(request.user, public_id)
    if file is None:
        raise Http404
    if file.is_withdrawn:
        return gone(request)
    try:
        stream = file.file.open("rb")
    except FileNotFoundError:
        logger.exception("job file %s is not in private storage", file.public_id)
        raise Http404 from None
    record(verb="file.downloaded", actor=request.user, obj=file, participation=file.job.participation_id)
    response = FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser open it all the same, it may run and load nothing.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


class JobsView(WagtailAdminTemplateMixin, TemplateView):
    """The history of jobs, newest first, as far as this person may see it."""

    template_name = "portal_jobs/jobs.html"
    page_title = gettext_lazy("Jobs")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.GET.get("state", "")
        before = _uuid(self.request.GET.get("before", ""))
        jobs, following = selectors.visible_jobs(self.request.user, state=state, before=before)
        return super().get_context_data(**kwargs) | {
            "jobs": [_row(job) for job in jobs],
            "state": state if state in JobState.values else "",
            "states": JobState.choices,
            "following": following,
            "first": before is None,
        }


class JobView(WagtailAdminTemplateMixin, TemplateView):
    """One job: its progress, its files, why it failed."""

    template_name = "portal_jobs/job.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return str(self.row["label"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        jobs = {"url": reverse("portal_jobs:jobs"), "label": _("Jobs")}
        return [*super().get_breadcrumbs_items(), jobs, {"url": "", "label": self.get_page_title()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row = _row(_job_or_404(request, kwargs["public_id"]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | progress_context(self.row["job"])


@never_cache
@require_GET
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The moving part of a job's page alone, for the script that asks for it again and again."""
    job = _job_or_404(request, public_id)
    return render(request, "portal_jobs/includes/progress.html", progress_context(job))


@require_POST
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    job = _job_or_404(request, public_id)
    if services.retry(job, actor=request.user):
        messages.success(request, _("The work was put in the queue again."))
    else:
        messages.error(
            request, _("The work cannot be tried again: it is not over, or it has been ordered anew.")
        )
    return redirect("portal_jobs:job", public_id)


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    job = _job_or_404(request, public_id)
    if services.cancel(job, actor=request.user):
        messages.success(request, _("The work was cancelled."))
    else:
        messages.error(request, _("The work was over already."))
    return redirect("portal_jobs:job", public_id)


def progress_context(job: Job) -> dict[str, Any]:
    """What `portal_jobs/includes/progress.html` shows; other pages of the administration may include it."""
    return _row(job) | {"files": job.files.order_by("language", "name")}


def _row(job: Job) -> dict[str, Any]:
    kind = registry.find(job.kind)
    return {
        "job": job,
        "label": kind.label if kind else job.kind,
        # Handlers write msgids: each reader sees them in their own language.
        "message": _(job.message) if job.message else "",
    }


def _job_or_404(request: HttpRequest, public_id: UUID) -> Job:
    job = selectors.visible_job(request.user, public_id)
    if job is None:
        raise Http404
    return job


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
