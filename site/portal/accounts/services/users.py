"""Accounts of staff: made, changed and invited by an administrator; every change leaves an audit row."""

from collections.abc import Collection
from datetime import timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from portal.audit.services import record
from portal.mail.services import queue

from ..enums import RoleGroup
from ..models import User
from ..permissions import forget_roles


@transaction.atomic
def create_user(
    *,
    email: str,
    name: str,
    language: str,
    roles: Collection[str],
    actor: User | None = None,
    invite: bool = True,
) -> User:
    """An account made by staff; who gets the invitation chooses the password and so proves the address."""
    user = User.objects.create_user(email.lower(), None, name=name, language=language, is_staff=bool(roles))
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    record(verb="user.created", actor=actor, obj=user)
    if roles:
        _replace_roles(user, roles, actor)
    if invite:
        invite_user(user=user, actor=actor)
    return user


@transaction.atomic
def change_user(
    *,
    user: User,
    email: str,
    name: str,
    language: str,
    is_active: bool,
    roles: Collection[str],
    actor: User | None,
) -> User:
    before = User.objects.select_for_update().get(pk=user.pk)
    user.name, user.language, user.is_staff = name, language, bool(roles)
    if before.email.lower() != email.lower():
        _replace_address(user, email)
        record(verb="user.email_changed", actor=actor, obj=user)
    if before.is_active != is_active:
        user.is_active = is_active
        record(verb="user.activated" if is_active else "user.deactivated", actor=actor, obj=user)
    user.save()
    record(verb="user.changed", actor=actor, obj=user)
    _replace_roles(user, roles, actor)
    follow_language(user)
    return user


@transaction.atomic
def set_active(*, user: User, is_active: bool, actor: User | None) -> None:
    if user.is_active == is_active:
        return
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record(verb="user.activated" if is_active else "user.deactivated", actor=actor, obj=user)


@transaction.atomic
def add_role(*, user: User, role: str, actor: User | None) -> None:
    _replace_roles(user, {*_role_names(user), role}, actor)


@transaction.atomic
def change_profile(*, user: User, name: str, language: str) -> None:
    """What people change about themselves."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    follow_language(user)


def invite_user(*, user: User, actor: User | None = None) -> None:
    """A mail with a link to choose a password, in the recipient's language."""
    queue(
        to=user.email,
        language=user.language,
        template="account/invitation",
        context={"name": user.name, "password_url": password_link(user)},
        related=user,
        # Kept no longer than its link works.
        erase_after=timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )
    record(verb="user.invited", actor=actor, obj=user)


def password_link(user: User) -> str:
    """Where the user chooses a password; it works once and as long as PASSWORD_RESET_TIMEOUT says."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with override(user.language):
        return settings.SITE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)


def follow_language(user: User) -> None:
    """The admin speaks the user's language; Wagtail keeps its own copy of the choice."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": user.language})


def _role_names(user: User) -> set[str]:
    return set(user.groups.filter(name__in=RoleGroup.values).values_list("name", flat=True))


def _replace_roles(user: User, roles: Collection[str], actor: User | None) -> None:
    before, after = _role_names(user), set(roles)
    for name in sorted(before ^ after):
        group = Group.objects.get(name=name)
        if name in after:
            user.groups.add(group)
        else:
            user.groups.remove(group)
        verb = "user.role_given" if name in after else "user.role_taken"
        record(verb=f"{verb}.{name}", actor=actor, obj=user)
    if before != after:
        user.is_staff = bool(after)
        user.save(update_fields=["is_staff"])
        forget_roles(user)


def _replace_address(user: User, email: str) -> None:
    """A new address has to be confirmed by whoever reads its mail, before the next login."""
    user.email = email.lower()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
