import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..bilingual import BilingualModel


class Unit(BilingualModel):
    """A unit of the authority that owns participations; its members are the officials who work in it."""

    bilingual_fields = ("name",)
    bilingual_required = ("name",)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name_fi = models.CharField(_("name in Finnish"), max_length=150)
    name_sv = models.CharField(_("name in Swedish"), max_length=150, blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="UnitMembership", related_name="units", verbose_name=_("members")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name_fi"]

    def __str__(self) -> str:
        return self.text("name")


class UnitMembership(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("unit membership")
        verbose_name_plural = _("unit memberships")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="unit_member_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.user}"


class ContactPerson(BilingualModel):
    """Somebody residents may contact about a matter; shown with title, unit and channels."""

    bilingual_fields = ("title",)
    bilingual_required = ("title",)

    name = models.CharField(_("name"), max_length=120)
    title_fi = models.CharField(_("title in Finnish"), max_length=120)
    title_sv = models.CharField(_("title in Swedish"), max_length=120, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.text('title')}"
