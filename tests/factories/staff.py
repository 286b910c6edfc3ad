"""Staff of a role that is known only when the test runs."""

from portal.accounts.enums import RoleGroup
from portal.accounts.models import User
from tests.factories.accounts import UserFactory


def staff_member(role: RoleGroup | str, **fields) -> User:
    """`staff_member("moderator", language="sv")`: `UserFactory(moderator=True, …)` for tables of roles."""
    return UserFactory(role=RoleGroup(role), **fields)
