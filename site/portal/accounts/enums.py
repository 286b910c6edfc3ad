from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleGroup(models.TextChoices):
    """Django groups by name; what each may do is in `permissions.py`."""

    EDITOR = "editor", _("Editor")
    OFFICIAL = "official", _("Official")
    MODERATOR = "moderator", _("Moderator")
    ADMINISTRATOR = "administrator", _("Administrator")
