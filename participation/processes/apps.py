from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessesConfig(AppConfig):
    name = "participation.processes"
    label = "participation_processes"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from . import receivers

        receivers.connect()
