from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "participation.hearings"
    label = "participation_hearings"
    verbose_name = _("Hearings")

    def ready(self) -> None:
        from participation.moderation import registry
        from participation.reports import registry as reports
        from portal.accounts.services import PersonalDataSource, register_personal_data_source
        from portal.core import page_context, page_query
        from portal.jobs import schedule

        from . import addresses, models, report_source, selectors
        from .services.support import forget_devices, forget_supporter

        page_context.register(models.HearingPage, selectors.hearing_context)
        page_query.understand("part", "older", "newer", "reply", "after")
        registry.register(
            registry.Queue(
                kind=models.HearingPage.kind,
                label=_("Comments on hearings"),
                public_url=addresses.thread_url,
                receipt_url=addresses.receipt_url,
            )
        )
        register_personal_data_source(PersonalDataSource("supports", forget_supporter))
        schedule.register("supports.devices", forget_devices, daily_at=time(3, 16))
        reports.register(report_source.HearingSource())
