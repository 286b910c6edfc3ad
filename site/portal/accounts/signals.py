"""What accounts do when something else happens; connected in `AccountsConfig.ready()`."""

from typing import Any

from django.http import HttpRequest

from . import attempts, services
from .models import User
from .permissions import is_staff_member


def make_roles(*, using: str, **kwargs: Any) -> None:
    """After every `migrate`, so that a new right of an app reaches the groups without a data migration."""
    if using == "default":
        services.setup_roles()


def forget_failures(*, user: User, **kwargs: Any) -> None:
    """Somebody who has guessed at a forgotten password and then chosen a new one by mail may log in."""
    attempts.forget_failures(user.email)


def speak_users_language(*, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if is_staff_member(user):
        services.follow_language(user)
