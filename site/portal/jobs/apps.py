from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "portal.jobs"
    label = "portal_jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """The periodic work of the layers below, which know no jobs, and of jobs themselves."""
        from portal.audit.services import log_head, seal
        from portal.core import limits

        from . import schedule, services, tasks  # noqa: F401 (tasks register by being imported)

        schedule.register("audit.seal", seal, every=timedelta(minutes=1))
        schedule.register("audit.head", log_head, daily_at=time(4, 0))
        schedule.register("limits.clean", limits.clean, every=timedelta(hours=1))
        schedule.register("jobs.prune", services.prune, daily_at=time(3, 30))
