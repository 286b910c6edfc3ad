import uuid
from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import (
    AgeClass,
    Audience,
    Channel,
    ContributionLanguage,
    ModerationState,
    PlaceOutside,
    Role,
)
from .participation import Part, Participation

Row = TypeVar("Row", bound="Contribution", covariant=True)


class ContributionQuerySet(models.QuerySet[Row]):
    def published(self) -> Self:
        """What the row allows to be shown; the participation may show it later or never."""
        return self.filter(moderation_state=ModerationState.PUBLISHED, audience=Audience.PUBLIC)

    def waiting(self) -> Self:
        return self.filter(moderation_state=ModerationState.PENDING)


class Contribution(models.Model):
    """Something a person or an organisation said in a participation.

    `original_text` is what came in and is never overwritten by redaction; `public_text` is what is shown. A
    name that a moderator covers moves from `display_name` to `covered_name`: whatever shows names shows none.
    Background is as stated at that moment. The text is emptied only by `destroy`, with `destroyed_at`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="contributions")
    part = models.ForeignKey(
        Part, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    language = models.CharField(_("language"), max_length=5, choices=ContributionLanguage.choices)
    detected_language = models.CharField(max_length=5, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
    )
    organisation = models.ForeignKey(
        "portal_accounts.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
    )
    is_official = models.BooleanField(_("the authority's answer"), default=False)
    display_name = models.CharField(_("name shown"), max_length=80, blank=True)
    covered_name = models.CharField(_("name covered"), max_length=80, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEB)
    received_at = models.DateTimeField(_("received"))
    created_at = models.DateTimeField(auto_now_add=True)
    late = models.BooleanField(_("late"), default=False)
    speaks_for = models.PositiveIntegerField(_("persons it speaks for"), null=True, blank=True)
    diary_number = models.CharField(_("diary number"), max_length=60, blank=True)

    moderation_state = models.CharField(
        _("state"), max_length=10, choices=ModerationState.choices, default=ModerationState.PENDING
    )
    held_for = models.JSONField(default=list, blank=True)
    hidden_reason = models.CharField(max_length=30, blank=True)
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience.choices, default=Audience.PUBLIC
    )

    original_text = models.TextField(_("text"))
    public_text = models.TextField(_("text shown"))
    redacted_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    municipality = models.CharField(_("municipality"), max_length=20, default=PlaceOutside.NOT_SAID)
    age_class = models.CharField(_("age"), max_length=10, choices=AgeClass.choices, default=AgeClass.NOT_SAID)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.NOT_SAID)

    device_key = models.CharField(max_length=64, blank=True)
    text_key = models.CharField(max_length=64)
    submission_key = models.CharField(max_length=64, unique=True)

    objects: ClassVar = ContributionQuerySet["Contribution"].as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        indexes = [
            models.Index(
                fields=["participation", "-received_at", "-id"],
                condition=Q(parent=None) & ~Q(moderation_state="pending"),
                name="contribution_threads",
            ),
            models.Index(
                fields=["part", "-received_at", "-id"],
                condition=Q(parent=None) & ~Q(moderation_state="pending"),
                name="contribution_part_threads",
            ),
            models.Index(fields=["participation", "id"], name="contribution_by_id"),
            models.Index(fields=["moderation_state", "received_at", "id"], name="contribution_queue"),
            models.Index(fields=["participation", "text_key"], name="contribution_same_text"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_public(self) -> bool:
        return self.moderation_state == ModerationState.PUBLISHED and self.audience == Audience.PUBLIC

    @property
    def is_redacted(self) -> bool:
        return self.redacted_at is not None

    @property
    def is_name_covered(self) -> bool:
        return bool(self.covered_name)


class ContributorAddress(models.Model):
    """Where a writer without an account wants word; kept apart from the text and erased by schedule."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="address")
    email = models.EmailField()
    language = models.CharField(max_length=2)
    erase_after = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("contributor's address")
        verbose_name_plural = _("contributors' addresses")

    def __str__(self) -> str:
        return str(self.contribution_id)
