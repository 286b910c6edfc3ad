import uuid
from collections import Counter
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.processes.models import Contribution, Participation
from portal.jobs.models import Job

from .enums import RowChange


def private_storage() -> Storage:
    return storages["private"]


class ReportQuerySet(models.QuerySet["Report"]):
    def without_successor(self) -> "ReportQuerySet":
        return self.filter(superseded_by=None)

    def holding(self, contribution: Contribution) -> "ReportQuerySet":
        """Reports whose snapshot may hold the contribution: read after it came, begun before it left.

        What came between the beginning and the reading is in the snapshot too: until a snapshot is there,
        it may hold anything.
        """
        began = self.filter(
            Q(taken_at=None) | Q(read_from__gte=contribution.created_at),
            participation=contribution.participation_id,
            read_from__isnull=False,
        )
        left_at = contribution.left_at
        return began if left_at is None else began.filter(Q(read_from__lte=left_at))


class Report(models.Model):
    """A report of a participation: one frozen data set and the files made from it.

    Superseded when anything in the data set is hidden, redacted, withdrawn or erased: snapshot and files go,
    hash and counts stay. `read_from` is set under the participation's lock before the reading begins, so that
    no change can slip in between unseen; once there is a snapshot, it is the moment that the snapshot shows.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="reports")
    parameters = models.JSONField(_("parameters"), default=dict)
    languages = models.JSONField(_("languages"), default=list)
    formats = models.JSONField(_("formats"), default=list)
    engine = models.CharField(_("version of the report engine"), max_length=20, blank=True)
    read_from = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(_("snapshot taken"), null=True)
    sha256 = models.CharField(_("SHA-256 of the snapshot"), max_length=64, blank=True, db_index=True)
    counts = models.JSONField(_("counts"), default=dict)
    snapshot = models.FileField(storage=private_storage, max_length=250, blank=True)
    job = models.OneToOneField(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="report", verbose_name=_("job")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("ordered"), default=timezone.now)
    superseded_at = models.DateTimeField(_("superseded"), null=True)
    erased_at = models.DateTimeField(_("files erased"), null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="superseded_by"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["participation", "read_from"], name="report_of_participation")]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_superseded(self) -> bool:
        return self.superseded_at is not None

    @property
    def is_erased(self) -> bool:
        """Its time is over: snapshot and files have gone."""
        return self.erased_at is not None

    @property
    def snapshot_name(self) -> str:
        """Where the snapshot is stored, while it is."""
        return f"snapshots/{self.public_id}.ndjson"

    def change_counts(self) -> dict[str, int]:
        """{change: rows} since the snapshot."""
        return dict(sorted(Counter(self.changed_rows.values_list("change", flat=True)).items()))


class ChangedRow(models.Model):
    """A row of a snapshot that has been hidden, redacted, withdrawn or erased since; the last change
    counts.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="changed_rows")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    change = models.CharField(max_length=10, choices=RowChange.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changed row")
        verbose_name_plural = _("changed rows")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["report", "contribution"], name="changed_row_once_per_report")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.change}"
