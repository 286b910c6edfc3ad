"""The kinds of jobs; apps above register theirs in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .attempt import JobRun
    from .models import Job


def staff_only(user: Any, job: "Job") -> bool:
    """Whether the user may enter the administration; the widest a job is ever shown."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def nobody(user: Any, job: "Job") -> bool:
    """For work that has nothing to show: whoever learns its address learns no more."""
    return False


@dataclass(frozen=True)
class JobKind:
    """What one kind of job does and who may see it and fetch its files.

    The handler may be run again from the start at any moment and on any machine: its steps are idempotent.
    An unlisted kind (sending mail) stays out of the jobs list, and its finished rows go after a week.
    """

    name: str
    handler: "Callable[[JobRun], None]"
    label: Promise | str
    may_see: "Callable[[Any, Job], bool]" = staff_only
    max_attempts: int = 3
    listed: bool = True
    time_limit: timedelta = timedelta(hours=1)


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> None:
    known = _kinds.get(kind.name)
    if known is not None and known != kind:
        raise ValueError(f"job kind {kind.name!r} is registered twice")
    _kinds[kind.name] = kind


def unregister(name: str) -> None:
    _kinds.pop(name, None)


def get(name: str) -> JobKind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no job kind {name!r}; registered are {sorted(_kinds)}") from None


def find(name: str) -> JobKind | None:
    return _kinds.get(name)


def unlisted() -> list[str]:
    return [kind.name for kind in _kinds.values() if not kind.listed]
