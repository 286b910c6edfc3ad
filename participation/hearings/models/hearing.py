from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.processes.models import Participation


class Hearing(Participation):
    """A hearing: residents and organisations comment on a matter under preparation."""

    replies_allowed = models.BooleanField(_("replies allowed"), default=True)
    support_allowed = models.BooleanField(_("supporting allowed"), default=True)

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
