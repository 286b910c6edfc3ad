"""Who may what, by role. An administrator may all that the other roles may."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from .enums import RoleGroup

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import User


def role_names(user: User | AnonymousUser) -> frozenset[str]:
    """Names of the role groups the user is in; kept on the instance, which lives one request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    known: frozenset[str] | None = getattr(user, "_role_names", None)
    if known is None:
        known = frozenset(user.groups.filter(name__in=RoleGroup.values).values_list("name", flat=True))
        if user.is_superuser:
            known |= {RoleGroup.ADMINISTRATOR.value}
        user._role_names = known
    return known


def forget_roles(user: User) -> None:
    """To be called by whoever changes the groups of a user object that goes on living."""
    for cached in ("_role_names", "_perm_cache", "_group_perm_cache", "_user_perm_cache"):
        with suppress(AttributeError):
            delattr(user, cached)


def staff_may(user: User | AnonymousUser, *roles: RoleGroup) -> bool:
    """Whether the user holds one of the roles, or is an administrator."""
    return not role_names(user).isdisjoint({RoleGroup.ADMINISTRATOR, *roles})


def is_staff_member(user: User | AnonymousUser) -> bool:
    return bool(role_names(user))


def is_editor(user: User | AnonymousUser) -> bool:
    return staff_may(user, RoleGroup.EDITOR)


def is_official(user: User | AnonymousUser) -> bool:
    return staff_may(user, RoleGroup.OFFICIAL)


def is_moderator(user: User | AnonymousUser) -> bool:
    return staff_may(user, RoleGroup.MODERATOR)


def is_administrator(user: User | AnonymousUser) -> bool:
    return staff_may(user)


def may_manage_user(actor: User | AnonymousUser, other: User) -> bool:
    """A superuser's account is out of an administrator's reach: its e-mail address would open everything."""
    return is_administrator(actor) and (actor.is_superuser or not other.is_superuser)
