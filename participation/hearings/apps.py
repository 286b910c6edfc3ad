from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HearingsConfig(AppConfig):
    name = "participation.hearings"
    label = "participation_hearings"
    verbose_name = _("Hearings")

    def ready(self) -> None:
        from portal.core import page_context

        from . import models, selectors

        page_context.register(models.HearingPage, selectors.hearing_context)
