"""The columns of a contribution in sheets: the same in XLSX and CSV, labels instead of codes."""

from collections.abc import Callable
from dataclasses import dataclass, field
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
NUMBERS = frozenset({"supports", "speaks_for", "writer"})
SHOWN_OF_HIDDEN = frozenset({"id", "state", "reason"})
FIELDS = {"section": "part_id", "age": "age_class"}
LONGEST_CELL = 32_767
"""Characters of a spreadsheet cell, counted as UTF-16 code units (Microsoft, Excel specifications and
limits).
"""


@dataclass
class Columns:
    """Headings and cells; the text is in as many columns as the longest one of the snapshot needs."""

    labels: Labels
    text_columns: int = 1
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def headings(self) -> list[str]:
        more = [_("Text (continued %(number)d)") % {"number": n} for n in range(1, self.text_columns)]
        before, after = ([str(COLUMN_LABELS[name]) for name in names] for names in (BEFORE_TEXT, AFTER_TEXT))
        return [*before, str(COLUMN_LABELS["text"]), *more, *after]

    def cells(self, row: Row, time: Callable[[str], Any]) -> list[Any]:
        """str, number or None for each column; `time` turns an ISO time into the format's own."""
        if row["state"] not in COUNTED:
            return self._hidden(row)
        before = [self._cell(row, name, time) for name in BEFORE_TEXT]
        after = [self._cell(row, name, time) for name in AFTER_TEXT]
        return [*before, *self._texts(row["text"]), *after]

    def _hidden(self, row: Row) -> list[Any]:
        """Identifier, state and reason only."""
        before = [self._cell(row, name, str) if name in SHOWN_OF_HIDDEN else None for name in BEFORE_TEXT]
        return before + [None] * (self.text_columns + len(AFTER_TEXT))

    def _texts(self, text: str) -> list[str | None]:
        pieces: list[str | None] = [*split_text(text)] if len(text) * 2 > LONGEST_CELL else [text]
        return pieces + [None] * (self.text_columns - len(pieces))

    def _cell(self, row: Row, name: str, time: Callable[[str], Any]) -> Any:
        value = row[FIELDS.get(name, name)]
        if name in TIMES:
            return time(value) if value else None
        if name in NUMBERS or name in ("id", "parent_id", "name", "organisation"):
            return value if value != "" else None
        if name in ("late", "redacted"):
            return _("yes") if value else None
        if not value and name != "section":
            return None
        key = (name, value)
        if key not in self._known:
            self._known[key] = self.labels.code(name, value)
        return self._known[key]


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
