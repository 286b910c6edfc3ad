from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.processes.enums import ModerationState
from participation.processes.models import Contribution

from ..enums import ACTS_WITH_REASON, ActKind, Reason


class ModerationAct(models.Model):
    """One act of a moderator on one contribution; holds no text of the contribution itself."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="moderation_acts")
    kind = models.CharField(_("act"), max_length=10, choices=ActKind.choices)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    note = models.TextField(_("message to the writer"), blank=True, max_length=1000)
    state_before = models.CharField(max_length=10, choices=ModerationState.choices)
    state_after = models.CharField(max_length=10, choices=ModerationState.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("moderator"),
    )
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("moderation act")
        verbose_name_plural = _("moderation acts")
        ordering = ["-at", "-id"]
        constraints: ClassVar[list] = [
            models.CheckConstraint(
                condition=~Q(kind__in=ACTS_WITH_REASON) | ~Q(reason=""),
                name="moderation_hiding_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["kind", "reason"], name="moderation_act_log")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.contribution_id}"
