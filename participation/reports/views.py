"""Reports of a participation in the administration: order one, see it made, fetch its files."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from participation.processes.views.base import ParticipationView
from portal.jobs.views import progress_context

from .forms import ReportForm
from .models import Report
from .permissions import may_make_report
from .selectors import reports_of
from .services import new_version, request_report


class ReportsView(ParticipationView):
    """The form, the report being made, and the history."""

    template_name = "participation_reports/reports.html"
    page_title = gettext_lazy("Reports")
    header_icon = "doc-full"

    def is_allowed(self) -> bool:
        return may_make_report(self.request.user, self.participation)

    @cached_property
    def form(self) -> ReportForm:
        return ReportForm(self.request.POST) if self.request.method == "POST" else ReportForm()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        request_report(
            participation=self.participation,
            languages=self.form.cleaned_data["languages"],
            formats=self.form.cleaned_data["formats"],
            actor=request.user,
        )
        return redirect("reports:reports", self.participation.public_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = reports_of(self.participation)
        current = rows[0] if rows and rows[0]["job"] else None
        context = super().get_context_data(**kwargs)
        context |= {"form": self.form, "current": current, "reports": rows}
        return context | (progress_context(current["job"]) if current else {})


@require_POST
def make_new_version(request: HttpRequest, public_id: str, report_id: str) -> HttpResponse:
    """From a superseded report to one of the data as they are now."""
    report = get_object_or_404(
        Report.objects.select_related("participation"),
        public_id=report_id,
        participation__public_id=public_id,
    )
    if not may_make_report(request.user, report.participation):
        raise PermissionDenied
    new_version(report=report, actor=request.user)
    return redirect("reports:reports", public_id)
