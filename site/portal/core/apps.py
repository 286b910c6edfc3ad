from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "portal_core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from . import checks, collation, signals  # noqa: F401

        collation.connect()
        signals.connect()
