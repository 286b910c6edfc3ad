from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.processes.models import Contribution
from participation.processes.models.contribution import ContributionQuerySet


class Comment(Contribution):
    """A comment on a hearing or one of its sections, or a reply to a comment."""

    support_count = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar = ContributionQuerySet["Comment"].as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")


class Support(models.Model):
    """One person's or one device's support for a comment; with an account, the device it was given on."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    device_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "user"], condition=Q(user__isnull=False), name="support_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["comment", "device_key"], condition=Q(user=None), name="support_once_per_device"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(device_key=""), name="support_by_person_or_device"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
