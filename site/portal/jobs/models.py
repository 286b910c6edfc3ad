import uuid
from datetime import timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .enums import RETRYABLE, UNFINISHED, JobState


def private_storage() -> Storage:
    return storages["private"]


def lease() -> timedelta:
    """How long a worker may be silent before its job is taken over."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def claimable(self) -> Self:
        """Waiting and due, or running under a worker that has gone silent."""
        now = timezone.now()
        waiting = Q(state=JobState.QUEUED) & (Q(next_attempt_at=None) | Q(next_attempt_at__lte=now))
        return self.filter(waiting | Q(state=JobState.RUNNING, heartbeat_at__lt=now - lease()))


class Job(models.Model):
    """A long piece of work: what it is, how far it has come, which files it made, why it failed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    participation_id = models.UUIDField(_("participation"), null=True, blank=True, db_index=True)
    key = models.CharField(_("key"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    message = models.CharField(_("message"), max_length=200, blank=True)
    error_code = models.CharField(_("error code"), max_length=60, blank=True)
    reason_fi = models.CharField(_("reason in Finnish"), max_length=500, blank=True)
    reason_sv = models.CharField(_("reason in Swedish"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts at most"), default=3)
    sends = models.PositiveSmallIntegerField(_("times sent to a worker"), default=0)
    sent_at = models.DateTimeField(_("sent to a worker"), null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    lease = models.UUIDField(_("lease"), null=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("ordered"), default=timezone.now, db_index=True)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects: ClassVar[models.Manager] = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["kind", "-created_at"], name="job_kind_created"),
            models.Index(
                fields=["state", "sent_at"], name="job_unfinished", condition=Q(state__in=UNFINISHED)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="job_key_once_among_unfinished",
                condition=Q(state__in=UNFINISHED) & ~Q(key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def can_be_retried(self) -> bool:
        return self.state in RETRYABLE

    @property
    def percent(self) -> int | None:
        """How much is done; None while the amount of work is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def reason(self) -> str:
        swedish = (get_language() or "").startswith("sv")
        return (self.reason_sv if swedish else self.reason_fi) or self.reason_fi


class JobFile(models.Model):
    """A file a job made, in private storage; withdrawn when what it was made from was hidden or changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=250)
    language = models.CharField(_("language"), max_length=5, blank=True)
    content_type = models.CharField(_("type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField(_("file"), storage=private_storage, max_length=250)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("file of a job")
        verbose_name_plural = _("files of jobs")
        ordering = ["job", "name"]
        constraints = [models.UniqueConstraint(fields=["job", "name"], name="job_file_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class PeriodicRun(models.Model):
    """Which slot of time a periodic piece of work was last begun for: each slot is begun once."""

    name = models.CharField(max_length=80, primary_key=True)
    slot = models.BigIntegerField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
