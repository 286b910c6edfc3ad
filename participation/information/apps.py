from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    name = "participation.information"
    label = "participation_information"
    verbose_name = _("Information")

    def ready(self) -> None:
        from participation.processes.enums import ParticipationForm
        from portal.core import page_context
        from portal.search.registry import Kind, PageKind, register_pages

        from . import models, selectors

        page_context.register(models.InformationPage, selectors.information_context)
        register_pages(
            PageKind(
                Kind("information", _("News and background"), rank=2),
                models.InformationPage,
                form=lambda page: ParticipationForm.INFORMATION,
            )
        )
