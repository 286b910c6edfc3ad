"""The columns of a contribution in sheets: the same in XLSX and CSV, labels instead of codes."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from ..labels import COLUMN_LABELS, Labels
from ..measures.tally import COUNTED
from ..snapshot import Row

BEFORE_TEXT = (
    "id",
    "parent_id",
    "section",
    "state",
    "reason",
    "received",
    "created",
    "late",
    "language",
    "channel",
)
AFTER_TEXT = (
    "supports",
    "name",
    "organisation",
    "speaks_for",
    "writer",
    "municipality",
    "age",
    "role",
    "audience",
    "redacted",
)
TIMES = frozenset({"received", "created"})
FLAGS = frozenset({"late", "redacted"})
TIME_PLACES = [place for place, name in enumerate(BEFORE_TEXT) if name in TIMES]
AS_IS = frozenset({"id", "parent_id", "name", "organisation", "supports", "speaks_for", "writer"}) | TIMES
SHOWN_OF_HIDDEN = frozenset({"id", "state", "reason"})
FIELDS = {"section": "part_id", "age": "age_class"}
LONGEST_CELL = 32_767
"""Characters of a spreadsheet cell, counted as UTF-16 code units (Microsoft, Excel specifications and
limits).
"""


class Words(dict[Any, Any]):
    """What a cell says for each value of a field, looked up once: there are few values and many rows."""

    def __init__(self, labels: Labels, name: str) -> None:
        super().__init__()
        self._labels = labels
        self.name = name

    def __missing__(self, value: Any) -> str | None:
        if self.name in FLAGS:
            self[value] = _("yes") if value else None
        elif value or self.name == "section":
            self[value] = self._labels.code(self.name, value)
        else:
            self[value] = None
        found: str | None = self[value]
        return found


class Columns:
    """Headings and cells; the text is in as many columns as the longest one of the snapshot needs."""

    def __init__(self, labels: Labels, text_columns: int = 1) -> None:
        self.labels = labels
        self.text_columns = text_columns
        self._before, self._after = (
            [self._plan(name) for name in names] for names in (BEFORE_TEXT, AFTER_TEXT)
        )

    def headings(self) -> list[str]:
        more = [_("Text (continued %(number)d)") % {"number": n} for n in range(1, self.text_columns)]
        before, after = ([str(COLUMN_LABELS[name]) for name in names] for names in (BEFORE_TEXT, AFTER_TEXT))
        return [*before, str(COLUMN_LABELS["text"]), *more, *after]

    def cells(self, row: Row, time: Callable[[str], Any]) -> list[Any]:
        """str, number or None for each column; `time` turns an ISO time into the format's own."""
        if row["state"] not in COUNTED:
            return self._hidden(row)
        cells = [row[name] if known is None else known[row[name]] for name, known in self._before]
        for place in TIME_PLACES:
            cells[place] = time(cells[place]) if cells[place] else None
        cells += self._texts(row["text"])
        cells += [row[name] if known is None else known[row[name]] for name, known in self._after]
        return cells

    def _hidden(self, row: Row) -> list[Any]:
        """Identifier, state and reason only."""
        before = [
            (row[name] if known is None else known[row[name]]) if name in SHOWN_OF_HIDDEN else None
            for name, known in self._before
        ]
        return before + [None] * (self.text_columns + len(AFTER_TEXT))

    def _texts(self, text: str) -> list[str | None]:
        pieces: list[str | None] = [*split_text(text)] if len(text) * 2 > LONGEST_CELL else [text]
        return pieces + [None] * (self.text_columns - len(pieces))

    def _plan(self, name: str) -> tuple[str, Words | None]:
        """The row's field of a column, and the words of its codes; None where the value is told as it is."""
        if name in AS_IS:
            return name, None
        return FIELDS.get(name, name), Words(self.labels, name)


def split_text(text: str) -> list[str]:
    """Pieces that fit a cell, joined again the whole text; a character is never cut in two."""
    pieces, units, start = [], 0, 0
    for place, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if units + width > LONGEST_CELL:
            pieces.append(text[start:place])
            units, start = 0, place
        units += width
    return [*pieces, text[start:]]


def text_columns(longest_text: int) -> int:
    """Columns that the longest text needs, surrogate pairs at the seams included."""
    return max(1, -(-longest_text // (LONGEST_CELL - 1)))
