from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.processes.models import Contribution

from ..enums import ReportReason


class AskedQuerySet(models.QuerySet[Any]):
    def unhandled(self) -> "AskedQuerySet":
        return self.filter(handled_at=None)


class Asked(models.Model):
    """Something asked of the moderators that stays on their list until one of them has decided."""

    text = models.TextField(_("in your own words"), blank=True, max_length=1000)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)
    handled_at = models.DateTimeField(_("handled"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AskedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["created_at", "id"]


class AbuseReport(Asked):
    """Somebody's report that a contribution is inappropriate; nobody needs an account for it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="abuse_reports")
    reason = models.CharField(_("what is wrong"), max_length=20, choices=ReportReason.choices)
    device_key = models.CharField(max_length=64, blank=True)

    class Meta(Asked.Meta):
        verbose_name = _("report of inappropriate content")
        verbose_name_plural = _("reports of inappropriate content")
        indexes = [
            models.Index(fields=["contribution"], condition=Q(handled_at=None), name="abuse_report_unhandled")
        ]
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["contribution", "device_key"],
                condition=Q(handled_at=None) & ~Q(device_key=""),
                name="abuse_report_once_per_device",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.contribution_id}"


class ReviewRequest(Asked):
    """The writer's request that another moderator look at a decision again."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="review_requests")

    class Meta(Asked.Meta):
        verbose_name = _("request for review")
        verbose_name_plural = _("requests for review")
        constraints: ClassVar[list] = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(handled_at=None), name="review_request_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.contribution_id)
