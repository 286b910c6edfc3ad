from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "portal_home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from portal.core import page_context

        from . import models, selectors

        page_context.register(models.HomePage, selectors.home_context)
        page_context.register(models.FormIndexPage, selectors.form_context)
