import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Language

from .enums import UNSENT, MailState


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self) -> Self:
        """Waiting and due; also those a worker took and never finished sending."""
        return self.filter(state__in=UNSENT, next_attempt_at__lte=timezone.now())

    def erasable(self) -> Self:
        return self.filter(erase_after__lte=timezone.now(), erased_at=None)


class OutgoingMail(models.Model):
    """One message to one person, in that person's language, and what became of it.

    While a message is being sent, `next_attempt_at` is the end of the sender's lease.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField(_("to"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    template = models.CharField(_("template"), max_length=80)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    related = models.UUIDField(_("about"), null=True, blank=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    erase_after = models.DateTimeField(_("erase after"))
    erased_at = models.DateTimeField(_("erased at"), null=True)

    objects: ClassVar[models.Manager] = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="mail_unsent", condition=Q(state__in=UNSENT)),
            models.Index(fields=["erase_after"], name="mail_unerased", condition=Q(erased_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.language} {self.public_id}"
