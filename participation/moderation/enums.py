from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActKind(models.TextChoices):
    """What a moderator did to a contribution."""

    APPROVE = "approve", pgettext_lazy("moderation act", "Approved")
    HIDE = "hide", pgettext_lazy("moderation act", "Hidden")
    REDACT = "redact", pgettext_lazy("moderation act", "Redacted")
    RESTORE = "restore", pgettext_lazy("moderation act", "Restored")
    KEEP = "keep", pgettext_lazy("moderation act", "Left as it is")
    COVER_NAME = "cover_name", pgettext_lazy("moderation act", "Name covered")
    SHOW_NAME = "show_name", pgettext_lazy("moderation act", "Name shown again")


ACTS_WITH_REASON = (ActKind.HIDE, ActKind.REDACT, ActKind.COVER_NAME)
ACTS_ON_NAME = (ActKind.COVER_NAME, ActKind.SHOW_NAME)
ACTS_IN_BULK = (ActKind.APPROVE, ActKind.HIDE, ActKind.RESTORE, ActKind.KEEP)
"""What is decided without seeing or writing anything more."""


class Reason(models.TextChoices):
    """Why a text was hidden or a passage of it covered; told to the writer, counted in the public log."""

    INSULTS = "insults", _("Insults, threats or hate speech")
    PERSONAL_DATA = "personal_data", _("Personal data or another person's private matters")
    OFF_TOPIC = "off_topic", _("Does not concern the matter")
    COMMERCIAL = "commercial", _("Advertising")
    ILLEGAL = "illegal", _("Unlawful content")
    REPEATED = "repeated", _("The same text sent again")
    OTHER = "other", _("Other reason, explained to the writer")


class ReportReason(models.TextChoices):
    """Why somebody reports a contribution as inappropriate."""

    INSULTS = "insults", _("Insults, threats or hate speech")
    PERSONAL_DATA = "personal_data", _("Personal data or another person's private matters")
    OFF_TOPIC = "off_topic", _("Does not concern the matter")
    COMMERCIAL = "commercial", _("Advertising")
    ILLEGAL = "illegal", _("Unlawful content")
    OTHER = "other", _("Other reason")


class QueueFilter(models.TextChoices):
    """The lists a moderator works from."""

    WAITING = "waiting", pgettext_lazy("moderation queue", "Waiting")
    REPORTED = "reported", pgettext_lazy("moderation queue", "Reported")
    REVIEW = "review", pgettext_lazy("moderation queue", "Review asked for")
    PUBLISHED = "published", pgettext_lazy("moderation queue", "Published")
    HIDDEN = "hidden", pgettext_lazy("moderation queue", "Hidden")
    ALL = "all", pgettext_lazy("moderation queue", "All")


TO_DO = (QueueFilter.WAITING, QueueFilter.REPORTED, QueueFilter.REVIEW)
"""Lists of contributions that somebody must still decide on."""
