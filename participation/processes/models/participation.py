import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.bilingual import BilingualModel

from ..enums import (
    AttachmentLanguage,
    Level,
    ModerationMode,
    ParticipationForm,
    State,
)
from ..state import Facts, compute_state, state_expression


class LegalBasis(BilingualModel):
    """A provision that requires or allows hearing people; kept by staff."""

    bilingual_fields = ("name", "section", "link")
    bilingual_required = ("name", "section")

    name_fi = models.CharField(_("act in Finnish"), max_length=200)
    name_sv = models.CharField(_("act in Swedish"), max_length=200, blank=True)
    section_fi = models.CharField(_("section in Finnish"), max_length=60)
    section_sv = models.CharField(_("section in Swedish"), max_length=60, blank=True)
    link_fi = models.URLField(_("link in Finnish"), blank=True)
    link_sv = models.URLField(_("link in Swedish"), blank=True)
    shortest_days = models.PositiveSmallIntegerField(
        _("shortest time"), null=True, blank=True, help_text=_("Days the hearing must at least be open.")
    )

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["name_fi", "section_fi"]

    def __str__(self) -> str:
        return f"{self.text('name')} {self.text('section')}"


class ServiceArea(BilingualModel):
    """A field of services that participations are grouped by."""

    bilingual_fields = ("name",)
    bilingual_required = ("name",)

    name_fi = models.CharField(_("name in Finnish"), max_length=120)
    name_sv = models.CharField(_("name in Swedish"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        ordering = ["name_fi"]

    def __str__(self) -> str:
        return self.text("name")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_state(self, now: dt.datetime | None = None) -> Self:
        """Annotates `state_now` by the same rule as `Participation.state`."""
        return self.annotate(state_now=state_expression(now or timezone.now()))

    def in_state(self, *states: State, now: dt.datetime | None = None) -> Self:
        return self.with_state(now).filter(state_now__in=states)


class Participation(BilingualModel):
    """What the language versions of one participation share: dates, settings, parts, contributions.

    Keyed by the pages' translation key and never deleted with a page. Only facts are stored; `state` is
    computed from them. `closes_at` is exclusive.
    """

    bilingual_fields = ("matter", "deciding_body")
    bilingual_required = ("matter",)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    translation_key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(max_length=20, editable=False)
    form = models.CharField(
        _("form of participation"),
        max_length=12,
        choices=ParticipationForm.choices,
        default=ParticipationForm.DECISION,
    )
    process_key = models.UUIDField(_("process"), null=True, blank=True, db_index=True)

    # Facts the state is computed from.
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    gate_met_at = models.DateTimeField(null=True, editable=False)
    gate_waived_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    # The matter.
    matter_fi = models.CharField(_("matter in Finnish"), max_length=250, blank=True)
    matter_sv = models.CharField(_("matter in Swedish"), max_length=250, blank=True)
    diary_number = models.CharField(_("diary number"), max_length=60, blank=True)
    deciding_body_fi = models.CharField(_("deciding body in Finnish"), max_length=150, blank=True)
    deciding_body_sv = models.CharField(_("deciding body in Swedish"), max_length=150, blank=True)
    planned_meeting = models.DateField(_("planned meeting"), null=True, blank=True)
    planned_answer = models.DateField(_("planned answer date"), null=True, blank=True)
    legal_basis = models.ForeignKey(
        LegalBasis, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("legal basis")
    )
    unit = models.ForeignKey(
        "portal_core.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    preparer = models.ForeignKey(
        "portal_core.ContactPerson",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("preparer"),
    )
    presenter = models.ForeignKey(
        "portal_core.ContactPerson",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("presenter"),
    )
    contact_persons = models.ManyToManyField(
        "portal_core.ContactPerson", blank=True, related_name="+", verbose_name=_("contact persons")
    )

    # Whom it concerns; lists of the enumerations' values.
    target_groups = models.JSONField(_("target groups"), default=list, blank=True)
    life_stages = models.JSONField(_("life stages"), default=list, blank=True)
    means = models.JSONField(_("means of participation"), default=list, blank=True)
    service_area = models.ForeignKey(
        ServiceArea, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("service area")
    )
    municipalities = models.ManyToManyField(
        "portal_core.Municipality",
        blank=True,
        related_name="+",
        verbose_name=_("municipalities concerned"),
        help_text=_("None chosen: all municipalities of the authority."),
    )

    # How people take part.
    level = models.CharField(_("who may comment"), max_length=12, choices=Level.choices, default=Level.OPEN)
    moderation_mode = models.CharField(
        _("comments are"),
        max_length=20,
        choices=ModerationMode.choices,
        default=ModerationMode.AFTER_MODERATION,
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)

    # Kept current in the transaction of every change, so that no page counts a hundred thousand rows.
    published_count = models.PositiveIntegerField(default=0, editable=False)
    received_count = models.PositiveIntegerField(default=0, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")) | Q(opens_at=None) | Q(closes_at=None),
                name="participation_closes_after_opening",
                violation_error_message=_("The closing time must be after the opening time."),
            ),
        ]

    def __str__(self) -> str:
        return self.text("matter") or str(self.public_id)

    @property
    def facts(self) -> Facts:
        return Facts(
            published_at=self.published_at,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            gate_met_at=self.gate_met_at,
            gate_waived_at=self.gate_waived_at,
            cancelled_at=self.cancelled_at,
            answered_at=self.answered_at,
        )

    def state_at(self, now: dt.datetime) -> State:
        return compute_state(self.facts, now)

    @property
    def state(self) -> State:
        return self.state_at(timezone.now())

    @property
    def has_opened(self) -> bool:
        """Whether it has ever been open: some facts can then no longer be edited, only changed by an act."""
        return self.facts.is_past_gate and self.opens_at is not None and self.opens_at <= timezone.now()


class Part(models.Model):
    """A part people answer to, such as a hearing's section; its text is the block of this id on each page."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="parts")
    block_id = models.UUIDField(editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    level = models.CharField(
        _("who may comment"),
        max_length=12,
        choices=Level.choices,
        blank=True,
        help_text=_("Empty: as in the whole participation."),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    removed_from_page = models.BooleanField(default=False, editable=False)
    published_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "block_id"], name="part_once_per_block")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Attachment(BilingualModel):
    """A file of a participation; a file in one language has title and summary in the other too."""

    bilingual_fields = ("title", "summary")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="attachments")
    part = models.ForeignKey(
        Part,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("part"),
    )
    document = models.ForeignKey("portal_core.Document", on_delete=models.PROTECT, verbose_name=_("file"))
    language = models.CharField(_("language of the file"), max_length=4, choices=AttachmentLanguage.choices)
    title_fi = models.CharField(_("title in Finnish"), max_length=200, blank=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=200, blank=True)
    summary_fi = models.TextField(_("summary in Finnish"), blank=True)
    summary_sv = models.TextField(_("summary in Swedish"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text("title")

    def is_public(self) -> bool:
        """Whether the file may be fetched by anybody: a page of the participation is there for everybody."""
        pages = Page.objects.live().public()
        return pages.filter(translation_key=self.participation.translation_key).exists()

    def missing_texts(self, languages: Any) -> list[str]:
        """Every language needs a title; a language the file is not in needs a summary."""
        missing = [f"title_{code}" for code in languages if not getattr(self, f"title_{code}").strip()]
        if self.language != AttachmentLanguage.BOTH:
            missing += [
                f"summary_{code}"
                for code in languages
                if code != self.language and not getattr(self, f"summary_{code}").strip()
            ]
        return missing
