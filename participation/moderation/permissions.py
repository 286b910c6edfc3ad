"""Who may moderate. Officials are not among them: what is hidden is hidden from them too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.accounts.permissions import is_moderator

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def may_moderate(user: User | AnonymousUser) -> bool:
    """Moderators and administrators."""
    return is_moderator(user)
