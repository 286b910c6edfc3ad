from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "portal.home"
    label = "portal_home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from participation.processes.models import ProcessPage
        from portal.core import page_context
        from portal.search.registry import Kind, PageKind, register_pages

        from . import models, selectors

        page_context.register(models.HomePage, selectors.home_context)
        page_context.register(models.FormIndexPage, selectors.form_context)
        plain = Kind("page", _("Page"), rank=3)
        register_pages(PageKind(plain, models.HomePage))
        register_pages(PageKind(plain, models.ContentPage))
        register_pages(PageKind(plain, models.FormIndexPage, form=lambda page: page.form))
        register_pages(
            PageKind(Kind("process", _("Process"), rank=1), ProcessPage, form=selectors.form_of_process)
        )
