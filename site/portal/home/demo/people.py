"""One login per role, with a password that is printed and therefore secret from nobody."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from portal.accounts.enums import RoleGroup
from portal.accounts.models import User
from portal.accounts.services import create_user, setup_roles

PASSWORD = "demo-aani-rost-2026"


@dataclass(frozen=True, slots=True)
class Login:
    """A demonstration account; a resident holds no role."""

    key: str
    name: str
    language: str
    role: RoleGroup | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@example.fi"


LOGINS = (
    Login("resident", "Asta Asukas (demo)", "fi"),
    Login("editor", "Viivi Viestijä (demo)", "fi", RoleGroup.EDITOR),
    Login("official", "Valle Valmistelija (demo)", "fi", RoleGroup.OFFICIAL),
    Login("moderator", "Moa Moderator (demo)", "sv", RoleGroup.MODERATOR),
    Login("administrator", "Pia Pääkäyttäjä (demo)", "fi", RoleGroup.ADMINISTRATOR),
)


def create_logins() -> dict[str, User]:
    """The accounts by key; their addresses count as confirmed, nobody is sent an invitation."""
    setup_roles()
    users = {}
    for login in LOGINS:
        roles = [login.role] if login.role else []
        user = create_user(
            email=login.email, name=login.name, language=login.language, roles=roles, invite=False
        )
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        EmailAddress.objects.filter(user=user).update(verified=True, primary=True)
        users[login.key] = user
    return users
