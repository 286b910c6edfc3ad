"""A question with its filters, the cells it is counted in, and the place of an answer in their order."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from .enums import SINCE_DAYS, Since
from .reading import Reading
from .scope import Matter, Scope

FACETS = ("form", "state", "municipality", "kind", "language", "since")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen; empty: no wish."""

    form: str = ""
    state: str = ""
    municipality: str = ""
    kind: str = ""
    language: str = ""
    since: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name in FACETS if (value := getattr(self, name))}

    def without(self, facet: str) -> "Filters":
        return replace(self, **{facet: ""})

    def of_matter(self, matter: Matter) -> bool:
        """Whether a participation fits the filters that are its own."""
        return (
            (not self.form or matter.form == self.form)
            and (not self.state or matter.state == self.state)
            and (not self.municipality or matter.concerns(self.municipality))
        )


class Cell(NamedTuple):
    """Entries that no filter tells apart, and how many there are."""

    participation: int | None
    form: str
    kind: str
    language: str
    age: int
    """0: within a month, 1: within a year, 2: older."""
    entries: int


class Place(NamedTuple):
    """Where an answer stands: the greater score first, then the smaller rank, the later, the document.

    The same for every backend, so that a page that one has begun another can go on with.
    """

    score: int
    rank: int
    dated_at: dt.datetime
    document: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a backend needs to answer."""

    reading: Reading
    scope: Scope
    filters: Filters = Filters()
    refuted: frozenset[str] = frozenset()
    """Documents that an index gave though they may not be found: left out of a second answer."""
    newest_first: bool = False

    @property
    def wanted_participations(self) -> set[int] | None:
        """Keys of those that fit the filters; None when every one does."""
        filters = self.filters
        if not (filters.form or filters.state or filters.municipality):
            return None
        return {key for key, matter in self.scope.matters.items() if filters.of_matter(matter)}

    @property
    def wants_lone(self) -> bool:
        """Whether what belongs to no participation can fit the filters."""
        return not (self.filters.state or self.filters.municipality)

    @property
    def not_before(self) -> dt.datetime | None:
        if self.filters.since not in Since.values:
            return None
        return self.scope.now - dt.timedelta(days=SINCE_DAYS[Since(self.filters.since)])


MONTH_AGO, YEAR_AGO = (dt.timedelta(days=SINCE_DAYS[since]) for since in (Since.MONTH, Since.YEAR))
AGES = {Since.MONTH.value: 0, Since.YEAR.value: 1}


def fits(cell: Cell, filters: Filters, scope: Scope) -> bool:
    """Whether the entries of a cell fit the filters."""
    if filters.kind and cell.kind != filters.kind:
        return False
    if filters.language and cell.language != filters.language:
        return False
    if filters.since in AGES and cell.age > AGES[filters.since]:
        return False
    if cell.participation is None:
        return not (filters.state or filters.municipality) and filters.form in ("", cell.form)
    matter = scope.matters.get(cell.participation)
    if matter is None:
        return not (filters.form or filters.state or filters.municipality)
    return filters.of_matter(matter)


def total(cells: Iterable[Cell], filters: Filters, scope: Scope) -> int:
    return sum(cell.entries for cell in cells if fits(cell, filters, scope))
