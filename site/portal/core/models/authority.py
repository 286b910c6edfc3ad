from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from ..bilingual import BilingualModel
from ..enums import AuthorityType, PopulationLanguage, PublicLanguages


class Municipality(models.Model):
    """A municipality; code of Statistics Finland (three digits, text)."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    name_fi = models.CharField(_("name in Finnish"), max_length=80)
    name_sv = models.CharField(_("name in Swedish"), max_length=80)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_fi if self.name_fi == self.name_sv else f"{self.name_fi} – {self.name_sv}"

    def name(self, language: str) -> str:
        return self.name_sv if language[:2] == "sv" else self.name_fi


class MunicipalityPopulation(models.Model):
    """Persons by first language at the end of a year; a figure nobody has is a missing row, never zero."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField(_("year"))
    language = models.CharField(_("language"), max_length=5, choices=PopulationLanguage.choices)
    persons = models.PositiveIntegerField(_("persons"))
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("population figure")
        verbose_name_plural = _("population figures")
        ordering = ["municipality", "year", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "language"],
                name="population_once_per_municipality_year_language",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year} {self.language}: {self.persons}"


@register_setting(icon="home")
class AuthorityProfile(BilingualModel, ClusterableModel, BaseGenericSetting):
    """Who runs this installation: one authority, its names, languages, bodies and municipalities."""

    bilingual_fields = ("name", "council", "executive", "registry", "registry_address")
    bilingual_required = ("name", "council", "executive", "registry")

    authority_type = models.CharField(
        _("type of authority"),
        max_length=30,
        choices=AuthorityType.choices,
        default=AuthorityType.WELLBEING_SERVICES_COUNTY,
    )
    name_fi = models.CharField(_("name in Finnish"), max_length=150, blank=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=150, blank=True)
    council_fi = models.CharField(_("council in Finnish"), max_length=150, blank=True)
    council_sv = models.CharField(_("council in Swedish"), max_length=150, blank=True)
    executive_fi = models.CharField(_("executive in Finnish"), max_length=150, blank=True)
    executive_sv = models.CharField(_("executive in Swedish"), max_length=150, blank=True)
    registry_fi = models.CharField(_("registry in Finnish"), max_length=150, blank=True)
    registry_sv = models.CharField(_("registry in Swedish"), max_length=150, blank=True)
    registry_address_fi = models.TextField(_("registry's postal address in Finnish"), blank=True)
    registry_address_sv = models.TextField(_("registry's postal address in Swedish"), blank=True)
    registry_email = models.EmailField(_("registry's e-mail address"), blank=True)
    registry_phone = models.CharField(_("registry's telephone number"), max_length=40, blank=True)
    public_languages = models.CharField(
        _("public languages"),
        max_length=5,
        choices=PublicLanguages.choices,
        default=PublicLanguages.FINNISH_SWEDISH,
    )
    municipalities = ParentalManyToManyField(
        Municipality, verbose_name=_("municipalities"), blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("authority profile")

    def __str__(self) -> str:
        return self.text("name") or str(_("authority profile"))

    @property
    def languages(self) -> list[str]:
        return self.public_languages.split(",")
