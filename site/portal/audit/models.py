from datetime import UTC

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what to what, and when; never what it said. The database refuses changes and deletions."""

    time = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    actor = models.UUIDField(_("actor"), null=True, editable=False)
    on_behalf_of = models.UUIDField(_("on behalf of"), null=True, editable=False)
    verb = models.CharField(_("act"), max_length=60, editable=False)
    kind = models.CharField(_("kind of object"), max_length=80, blank=True, editable=False)
    public_id = models.CharField(_("public id of the object"), max_length=64, blank=True, editable=False)
    participation = models.UUIDField(_("participation"), null=True, editable=False)
    request_id = models.CharField(_("request id"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["participation", "id"], name="entry_participation"),
            models.Index(fields=["kind", "public_id", "id"], name="entry_object"),
            models.Index(fields=["actor", "id"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.time.isoformat()} {self.verb} {self.kind} {self.public_id}"

    def canonical(self) -> str:
        """The entry as the hash chain sees it: one line, fields in this order, times in UTC."""
        values = (
            self.pk,
            self.time.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor or "",
            self.on_behalf_of or "",
            self.verb,
            self.kind,
            self.public_id,
            self.participation or "",
            self.request_id,
        )
        return "\t".join(str(value) for value in values) + "\n"


class Seal(models.Model):
    """One link of the hash chain over entries in order of id; written by a job, never by the writers."""

    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="next"
    )
    first_entry = models.BigIntegerField(_("first entry"), unique=True, editable=False)
    last_entry = models.BigIntegerField(_("last entry"), unique=True, editable=False)
    entries = models.PositiveIntegerField(_("number of entries"), editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["id"]
        constraints = [
            # One first link: NULLs are distinct to the one-to-one field.
            models.UniqueConstraint(Coalesce("previous", 0), name="seal_chain_does_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.first_entry}–{self.last_entry}: {self.digest}"
