from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "participation.moderation"
    label = "participation_moderation"
    verbose_name = _("Moderation")

    def ready(self) -> None:
        from participation.processes import admin_actions, home_panel
        from participation.processes.permissions import may_moderate
        from portal.jobs import schedule

        from . import links, receivers
        from .services.asking import forget_devices

        admin_actions.register(_("Moderate comments"), links.queue_of, may_moderate, name="moderation")
        receivers.connect()
        schedule.register("abuse_reports.devices", forget_devices, daily_at=time(3, 17))
        home_panel.register("moderation", links.waiting)
