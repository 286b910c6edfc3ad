from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    name = "participation.information"
    label = "participation_information"
    verbose_name = _("Information")

    def ready(self) -> None:
        from portal.core import page_context

        from . import models, selectors

        page_context.register(models.InformationPage, selectors.information_context)
