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
        from portal.search import registry as search

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
        search.register_pages(
            search.PageKind(
                search.Kind(models.HearingPage.kind, models.HearingPage.kind_label, rank=0),
                models.HearingPage,
                part_kind=search.Kind("section", _("Section of a hearing"), rank=4),
                part_fragment=addresses.section_anchor,
            )
        )
        search.register_contributions(
            search.ContributionKind(
                search.Kind("comment", _("Comment"), rank=5), models.HearingPage.kind, addresses.thread_url
            )
        )
