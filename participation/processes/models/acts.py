from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.bilingual import BilingualModel

from ..enums import ActKind, Effect
from .participation import Participation


class ParticipationAct(BilingualModel):
    """An act that changed a fact: who, when, why, from what to what. A reason shown has both languages."""

    bilingual_fields = ("reason",)

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=12, choices=ActKind.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()
    reason_fi = models.TextField(_("reason in Finnish"), blank=True)
    reason_sv = models.TextField(_("reason in Swedish"), blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class TranslationConfirmation(models.Model):
    """An editor's word that one revision of a page says what one revision of its source says.

    Needed where translating by segments has been stopped and the target is edited by hand.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="confirmations")
    language = models.CharField(max_length=2)
    source_revision = models.PositiveBigIntegerField()
    target_revision = models.PositiveBigIntegerField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "language", "source_revision", "target_revision"],
                name="translation_confirmed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.source_revision} = {self.target_revision}"


class FiredEffect(models.Model):
    """An effect of a moment that beat has fired; the constraint keeps it to once."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="fired_effects")
    effect = models.CharField(max_length=12, choices=Effect.choices)
    moment = models.DateTimeField()
    fired_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "effect", "moment"], name="effect_fired_once")
        ]

    def __str__(self) -> str:
        return f"{self.effect} {self.moment:%Y-%m-%d %H:%M}"


class EffectFailure(models.Model):
    """A participation at whose gate or effects beat stops at an error; gone once it does not."""

    participation = models.OneToOneField(
        Participation, on_delete=models.CASCADE, related_name="effect_failure"
    )
    error = models.CharField(max_length=100)
    since = models.DateTimeField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.error} {self.since:%Y-%m-%d %H:%M}"
