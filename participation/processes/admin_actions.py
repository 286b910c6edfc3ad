"""What other apps add to the staff's page of a participation; `register` is called in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.accounts.models import User

from .models import Participation


@dataclass(frozen=True, slots=True)
class AdminAction:
    label: Promise | str
    url: Callable[[Participation], str]
    may_see: Callable[[User, Participation], bool]


_actions: dict[str, AdminAction] = {}


def register(
    label: Promise | str,
    url: Callable[[Participation], str],
    may_see: Callable[[User, Participation], bool],
    *,
    name: str = "",
) -> None:
    """A link shown to whom `may_see` allows, in the order of registering; the same name replaces."""
    _actions[name or f"{url.__module__}.{url.__qualname__}"] = AdminAction(label, url, may_see)


def actions_for(user: User, participation: Participation) -> list[tuple[str, str]]:
    """Label and address of each action this user has."""
    return [
        (str(action.label), action.url(participation))
        for action in _actions.values()
        if action.may_see(user, participation)
    ]
