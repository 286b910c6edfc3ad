from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "participation.reports"
    label = "participation_reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from participation.processes import admin_actions
        from portal.jobs import registry, schedule

        from . import permissions, receivers, services
        from .addresses import reports_url
        from .services.ordering import JOB_KIND

        registry.register(
            registry.JobKind(
                name=JOB_KIND, handler=services.make_files, label=_("Report"), may_see=permissions.may_see_job
            )
        )
        admin_actions.register(_("Reports"), reports_url, permissions.may_make_report, name="reports")
        receivers.connect()
        schedule.register("reports.files", services.erase_due, daily_at=time(3, 25))
