"""Staff of each role, with the groups that the migrations made."""

import itertools

from django.contrib.auth.models import Group

from portal.accounts.enums import RoleGroup
from portal.accounts.models import User

_numbers = itertools.count(1)


def staff_member(role: RoleGroup | str, *, language: str = "fi", **fields) -> User:
    """An active member of staff in one role group; the administration speaks the user's language."""
    from wagtail.users.models import UserProfile

    number = next(_numbers)
    user = User.objects.create_user(
        f"{role}{number}@example.fi", language=language, is_staff=True, name=f"Esimerkki {number}", **fields
    )
    user.groups.add(Group.objects.get(name=str(role)))
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user
