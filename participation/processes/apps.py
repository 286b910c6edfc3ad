from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "participation.processes"
    label = "participation_processes"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from portal.core import lasting, page_context
        from portal.jobs import schedule

        from . import models, receivers, selectors
        from .services import effects

        receivers.connect()
        page_context.register(models.ProcessPage, selectors.process_context)
        lasting.register("participation", selectors.participation_address)
        lasting.register("contribution", selectors.contribution_address)
        schedule.register("participation.effects", effects.fire_due, every=timedelta(minutes=1))
