from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InformationConfig(AppConfig):
    name = "participation.information"
    label = "participation_information"
    verbose_name = _("Information")
