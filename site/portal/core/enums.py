from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages of the site itself."""

    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")


class AuthorityType(models.TextChoices):
    WELLBEING_SERVICES_COUNTY = "wellbeing_services_county", _("Wellbeing services county")
    MUNICIPALITY = "municipality", _("Municipality")
    JOINT_AUTHORITY = "joint_authority", _("Joint authority")


class PublicLanguages(models.TextChoices):
    """The authority's public languages, the first one first."""

    FINNISH_SWEDISH = "fi,sv", _("Finnish and Swedish")
    SWEDISH_FINNISH = "sv,fi", _("Swedish and Finnish")
    FINNISH = "fi", _("Finnish only")
    SWEDISH = "sv", _("Swedish only")


class PopulationLanguage(models.TextChoices):
    """First language in the population register, as Statistics Finland publishes it; `total` is everybody."""

    TOTAL = "total", _("Total")
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    OTHER = "other", _("Other languages")
