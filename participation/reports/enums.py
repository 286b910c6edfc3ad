from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.TextChoices):
    """Whom the files are for."""

    OFFICIAL = "official", _("Official's edition")


class ReportFormat(models.TextChoices):
    PDF = "pdf", _("PDF, for reading and printing")
    DOCX = "docx", _("Word document (DOCX)")
    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    CSV = "csv", _("Table as text (CSV)")
    JSON = "json", _("Data for programs (JSON)")


class RowChange(models.TextChoices):
    """What became of a row after its snapshot was taken."""

    HIDDEN = "hidden", _("hidden")
    REDACTED = "redacted", _("redacted")
    WITHDRAWN = "withdrawn", _("withdrawn by the writer")
    REMOVED = "removed", _("removed at the writer's request")
    ERASED = "erased", _("erased")
