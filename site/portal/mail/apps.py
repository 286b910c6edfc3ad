from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "portal.mail"
    label = "portal_mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from portal.jobs import registry, schedule

        from . import services

        registry.register(
            registry.JobKind(
                name=services.SEND_KIND,
                handler=services.send_due,
                label=_("Sending mail"),
                may_see=registry.nobody,
                listed=False,
            )
        )
        schedule.register("mail.dispatch", services.dispatch, every=timedelta(seconds=30))
        schedule.register("mail.erase", services.erase_due, daily_at=time(3, 0))
