"""A `.pb` file in memory: its three sections as they stand there, and the election they tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from budgeting.counting.model import Election
from budgeting.counting.pabulib.errors import Code, Problem


@dataclass(frozen=True, slots=True)
class Section:
    """Columns and rows in the file's order, unknown ones too. A row may be longer than that, not shorter."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> tuple[str, ...] | None:
        """The cells under `name`, or None where there is no such column."""
        if name not in self.columns:
            return None
        number = self.columns.index(name)
        return tuple(row[number] for row in self.rows)


@dataclass(frozen=True)
class PabulibFile:
    """Everything needed to write the file back, and to count it.

    Two files are equal when their sections say the same; where they were read from and what was odd about
    the way they were written does not matter. `sha256` is the digest of the bytes that were read.
    """

    meta_section: Section
    projects: Section
    votes: Section
    election: Election
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
    warning_counts: Mapping[Code, int] = field(default_factory=Counter, compare=False)
    source: str = field(default="", compare=False)
    sha256: str = field(default="", compare=False)

    @cached_property
    def meta(self) -> Mapping[str, str]:
        return {row[0]: row[1] for row in self.meta_section.rows}

    @cached_property
    def selected(self) -> Mapping[str, int]:
        """What the city funded: 0 no, 1 yes, 2 and 3 for reasons of its own (a comment in META tells)."""
        return {project: int(cell) for project, cell in self._stated("selected").items()}

    @cached_property
    def stated_votes(self) -> Mapping[str, int]:
        """How many ballots named each project, as the file says; see the warnings for where it errs."""
        return {project: int(Fraction(cell)) for project, cell in self._stated("votes").items()}

    @cached_property
    def stated_scores(self) -> Mapping[str, Fraction]:
        return {project: Fraction(cell) for project, cell in self._stated("score").items()}

    def _stated(self, column: str) -> Mapping[str, str]:
        """Empty where the file has no such column; without the projects whose cell is empty."""
        cells = self.projects.column(column) or ()
        ids = self.projects.column("project_id") or ()
        return {project: cell for project, cell in zip(ids, cells, strict=False) if cell}
