"""The words of a report: codes of the snapshot in the language of the file."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.processes.enums import (
    AgeClass,
    Audience,
    Channel,
    ContributionLanguage,
    ModerationMode,
    ModerationState,
    PlaceOutside,
    Role,
)
from portal.core.collation import sort_key

from .enums import RowChange
from .formats import date
from .measures.tables import NOT_SAID
from .snapshot import Row

CHOICES: dict[str, Any] = {
    "age": AgeClass,
    "audience": Audience,
    "channel": Channel,
    "language": ContributionLanguage,
    "moderation_mode": ModerationMode,
    "municipality": PlaceOutside,
    "role": Role,
    "state": ModerationState,
}

COLUMN_LABELS = {
    "id": gettext_lazy("Identifier"),
    "parent_id": gettext_lazy("Reply to (identifier)"),
    "section": gettext_lazy("Section"),
    "state": gettext_lazy("State"),
    "reason": gettext_lazy("Reason for hiding"),
    "text": gettext_lazy("Text"),
    "language": gettext_lazy("Language"),
    "received": gettext_lazy("Received"),
    "created": gettext_lazy("Recorded"),
    "late": gettext_lazy("Late"),
    "channel": gettext_lazy("Channel"),
    "supports": gettext_lazy("Supports"),
    "name": gettext_lazy("Name"),
    "organisation": gettext_lazy("Organisation"),
    "speaks_for": gettext_lazy("Speaks for (persons)"),
    "writer": gettext_lazy("Writer number"),
    "municipality": gettext_lazy("Municipality"),
    "age": gettext_lazy("Age class"),
    "role": gettext_lazy("Role"),
    "audience": gettext_lazy("Audience"),
    "redacted": gettext_lazy("Redacted"),
}


class Labels:
    """Looks codes up in the choices of the platform and in the snapshot's own names, in the active
    language.
    """

    def __init__(self, header: Row, language: str) -> None:
        self.header = header
        self.language = language
        self.parts = {part["id"]: self.pick(part["title"]) for part in header["parts"]}
        self.municipalities = {code: self.pick(names) for code, names in header["municipalities"].items()}
        self.reasons = {code: self.pick(names) for code, names in header.get("reasons", {}).items()}

    def pick(self, texts: dict[str, str] | None) -> str:
        """The text in this language, else in the other: something beats nothing."""
        texts = texts or {}
        return texts.get(self.language) or texts.get("fi") or texts.get("sv") or ""

    def section(self, part_id: str) -> str:
        return self.parts.get(part_id, part_id) if part_id else _("The hearing as a whole")

    def reason(self, code: str) -> str:
        return self.reasons.get(code, code)

    def ordered(self, key: str, rows: list[Row]) -> list[Row]:
        """Rows of a table in reading order: municipalities by name, å ä ö last, other answers after them."""
        if key != "municipality":
            return rows

        def place(row: Row) -> Any:
            name = self.municipalities.get(row["code"])
            return (name is None, sort_key(name, self.language) if name else ())

        return sorted(rows, key=place)

    def change(self, code: str) -> str:
        """Why a row of a superseded snapshot changed."""
        return str(RowChange(code).label) if code in RowChange.values else code

    def code(self, kind: str, code: str) -> str:
        """The label of a code; a code nobody knows is shown as it is."""
        if kind == "section":
            return self.section(code)
        if kind == "reason":
            return self.reason(code)
        if kind in ("day", "week"):
            return self.period(kind, code)
        if kind == "municipality" and code in self.municipalities:
            return self.municipalities[code]
        if code == NOT_SAID:
            # Whoever was not asked, as the writers of imported comments, did not decline either.
            return _("Not stated")
        choices = CHOICES[kind]
        return str(choices(code).label) if code in choices.values else code

    def period(self, kind: str, code: str) -> str:
        day = dt.date.fromisoformat(code)
        if kind == "day":
            return date(day)
        return f"{date(day)}–{date(day + dt.timedelta(days=6))}"
