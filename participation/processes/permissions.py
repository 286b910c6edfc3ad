"""Who may contribute, at which moment; and which staff may see and manage what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.permissions import is_editor, is_moderator, is_official

from .enums import ActKind, AgeClass, Level, State

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

    from .models import Part, Participation

OLDEST_OF_CLASS = {AgeClass.UNDER_15: 14, AgeClass.FROM_15_TO_17: 17, AgeClass.FROM_18_TO_29: 29}
"""Highest age of the classes that a minimum age can leave out."""


class Refusal(models.TextChoices):
    """Why somebody may not contribute now."""

    NOT_OPEN = "not_open", _("It is not open yet.")
    CLOSED = "closed", _("It has closed.")
    CANCELLED = "cancelled", _("It has been cancelled.")
    PART_CLOSED = "part_closed", _("This section no longer takes comments.")
    NOBODY = "nobody", _("Comments are not taken here.")
    LOGIN = "login", _("You need to log in.")
    STRONG = "strong", _("You need to identify yourself strongly.")
    AGE_NEEDED = "age_needed", _("Tell your age class: there is a minimum age here.")
    TOO_YOUNG = "too_young", _("You are younger than the minimum age.")


def refusal(
    participation: Participation,
    *,
    user: User | AnonymousUser | None,
    moment: dt.datetime,
    part: Part | None = None,
) -> Refusal | None:
    """Why this user may not contribute at that moment; None when they may.

    A part may have a level of its own, stricter or milder than the whole.
    """
    state = participation.state_at(moment)
    if state != State.OPEN:
        return _CLOSED_BY_STATE[state]
    if part is not None and (
        part.removed_from_page or (part.closed_at is not None and part.closed_at <= moment)
    ):
        return Refusal.PART_CLOSED
    level = Level(part.level if part is not None and part.level else participation.level)
    if level == Level.CLOSED:
        return Refusal.PART_CLOSED if part is not None else Refusal.NOBODY
    if level == Level.OPEN:
        return None
    if user is None or not user.is_authenticated:
        return Refusal.LOGIN
    return None if level == Level.REGISTERED or is_strongly_identified(user) else Refusal.STRONG


_CLOSED_BY_STATE = {
    State.DRAFT: Refusal.NOT_OPEN,
    State.SCHEDULED: Refusal.NOT_OPEN,
    State.CLOSED: Refusal.CLOSED,
    State.ANSWERED: Refusal.CLOSED,
    State.CANCELLED: Refusal.CANCELLED,
}


def late_refusal(
    participation: Participation,
    *,
    user: User | AnonymousUser | None,
    moment: dt.datetime,
    form_opened: dt.datetime | None,
    part: Part | None = None,
) -> Refusal | None:
    """`refusal` with the grace of COMMENT_GRACE_MINUTES for a form that was opened before the closing.

    To be asked only of somebody whom `refusal` has refused: whoever passes here is late.
    """
    refused = refusal(participation, user=user, moment=moment, part=part)
    closed_at = part.closed_at if refused == Refusal.PART_CLOSED and part is not None else None
    closed_at = participation.closes_at if refused == Refusal.CLOSED else closed_at
    if refused is None or closed_at is None or form_opened is None or form_opened >= closed_at:
        return refused
    if moment >= closed_at + dt.timedelta(minutes=settings.COMMENT_GRACE_MINUTES):
        return refused
    return refusal(participation, user=user, moment=form_opened, part=part)


def age_refusal(participation: Participation, age_class: str) -> Refusal | None:
    """By the age class as stated: refused when even the oldest of the class is too young."""
    minimum = participation.minimum_age
    if not minimum:
        return None
    if age_class == AgeClass.NOT_SAID:
        return Refusal.AGE_NEEDED
    oldest = OLDEST_OF_CLASS.get(AgeClass(age_class))
    return Refusal.TOO_YOUNG if oldest is not None and oldest < minimum else None


def is_strongly_identified(user: User | AnonymousUser) -> bool:
    """Nobody yet: the site knows accounts by e-mail and password alone."""
    return False


def may_manage(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    """Dates, settings and acts: officials, in every unit."""
    return is_official(user)


def may_edit_texts(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    return is_editor(user)


def may_see(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    """The staff's page of a participation: whoever prepares its texts or is responsible for it."""
    return may_manage(user) or may_edit_texts(user)


def may_change_settings(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    return may_manage(user) or may_edit_texts(user)


def may_act(user: User | AnonymousUser, kind: ActKind) -> bool:
    """Acts on the texts are the editors' too; those on people's right to be heard are the officials'."""
    if kind in (ActKind.WAIVE, ActKind.CONFIRM, ActKind.REVIEW, ActKind.COPY):
        return may_manage(user) or may_edit_texts(user)
    return may_manage(user)


def may_answer_officially(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    """Reply in the authority's name. The flag is asked first: residents cost no query."""
    return user.is_authenticated and user.is_staff and is_official(user)


def may_moderate(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    return is_moderator(user)


def may_see_reports(user: User | AnonymousUser, participation: Participation | None = None) -> bool:
    """The official's edition holds background that people gave about themselves."""
    return is_official(user)
