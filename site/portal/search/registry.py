"""What can be found: apps above register their kinds in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from participation.processes.models import Contribution
    from portal.core.models import BasePage

Label = Promise | str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is found. Smaller ranks first among what is found equally well."""

    name: str
    label: Label
    rank: int


@dataclass(frozen=True)
class PageKind:
    """Pages of a type, and what their parts are, if they have any."""

    kind: Kind
    page_type: "type[BasePage]"
    part_kind: Kind | None = None
    part_fragment: Callable[[int], str] = lambda number: ""
    """Where on the page its parts are: from a part's number, the first is 1."""
    form: Callable[["BasePage"], str] = lambda page: ""


@dataclass(frozen=True)
class ContributionKind:
    """Contributions to participations of a kind, and where the public reads one."""

    kind: Kind
    participation_kind: str
    address: "Callable[[Contribution, str], str]"


_pages: dict[Any, PageKind] = {}
_contributions: dict[str, ContributionKind] = {}


def register_pages(found: PageKind) -> None:
    """A subclass of the page type is the same unless it is registered itself."""
    _pages[found.page_type] = found


def register_contributions(found: ContributionKind) -> None:
    _contributions[found.participation_kind] = found


def page_kind(page_type: type) -> PageKind | None:
    return next((_pages[one] for one in page_type.__mro__ if one in _pages), None)


def contribution_kind(participation_kind: str) -> ContributionKind | None:
    return _contributions.get(participation_kind)


def participation_kinds() -> list[str]:
    return list(_contributions)


def kinds() -> dict[str, Kind]:
    """All kinds by name, in order of rank."""
    of_pages = [one for found in _pages.values() for one in (found.kind, found.part_kind) if one is not None]
    found = [*of_pages, *(found.kind for found in _contributions.values())]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: kind.rank)}
