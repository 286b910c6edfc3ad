from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "participation.reports"
    label = "participation_reports"
    verbose_name = _("Reports")
