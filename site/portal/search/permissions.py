"""Who finds which contributions in the staff's search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.processes.enums import ModerationState
from portal.accounts.permissions import is_moderator, is_official

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

READ_BY_OFFICIALS = frozenset({ModerationState.PENDING, ModerationState.PUBLISHED})
READ_BY_MODERATORS = READ_BY_OFFICIALS | {ModerationState.HIDDEN}
"""No set holds what its writer has taken back (LEFT_STATES): its text is closed to the staff too."""


def may_search_contributions(user: User | AnonymousUser) -> bool:
    """Officials and moderators, in every participation, as they work in every unit.

    Editors not: they keep the texts of the authority, and what people wrote only for the preparers, or what
    waits for a decision, is none of their work.
    """
    return is_official(user) or is_moderator(user)


def states_found_by(user: User | AnonymousUser) -> frozenset[ModerationState]:
    """Of contributions to everybody and only for the preparers alike; none to whom may not search.

    What is hidden is found by moderators alone: it is hidden from officials too, here as in their reports.
    """
    if is_moderator(user):
        return READ_BY_MODERATORS
    return READ_BY_OFFICIALS if is_official(user) else frozenset()
