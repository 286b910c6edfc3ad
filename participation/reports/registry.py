"""Where reports get their rows; apps above register a source for their kind of participation in `ready()`."""

from collections.abc import Iterator
from typing import Protocol

from participation.processes.models import Participation

from .snapshot import Row


class ReportSource(Protocol):
    """The contributions of one kind of participation, as rows of the snapshot (docs/reports.md)."""

    kind: str
    """`Participation.kind`"""

    def reasons(self) -> dict[str, dict[str, str]]:
        """Every reason a contribution may be hidden for, with its name in each language."""
        ...

    def batches(self, participation: Participation, using: str) -> Iterator[list[Row]]:
        """Rows in the report's order, some hundreds at a time by keyset, read from the database `using`.

        Withdrawn and removed contributions are not among them; the text of a hidden one is empty.
        """
        ...


_sources: dict[str, ReportSource] = {}


def register(source: ReportSource) -> None:
    """Registering a kind again replaces it, so that reloading an app does no harm."""
    _sources[source.kind] = source


def source_for(participation: Participation) -> ReportSource:
    try:
        return _sources[participation.kind]
    except KeyError:
        known = sorted(_sources)
        raise LookupError(
            f"no report source for kind {participation.kind!r}; registered are {known}"
        ) from None


def has_source(participation: Participation) -> bool:
    return participation.kind in _sources
