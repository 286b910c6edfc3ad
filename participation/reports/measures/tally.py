"""One pass over a snapshot: everything that is counted, in memory that grows with people, not with text."""

import datetime as dt
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from participation.processes.enums import ModerationState

from ..formats import moment
from ..limits import CHARACTERS_IN_VOLUME, IN_VOLUME, MOST_SUPPORTED, MOST_SUPPORTED_PER_LANGUAGE
from ..snapshot import Row

COUNTED = frozenset({ModerationState.PUBLISHED.value, ModerationState.PENDING.value})
"""States whose contributions are counted and listed; the others show id, state and reason only."""

CLASSIFICATIONS = ("section", "municipality", "age", "role", "language", "channel", "day", "week")


@dataclass
class Group:
    """Contributions of a group, and its people: known writers once each, others one per contribution."""

    contributions: int = 0
    supports: int = 0
    unknown_writers: int = 0
    known: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.contributions += 1
        self.supports += row["supports"]
        if row["writer"] is None:
            self.unknown_writers += 1
        else:
            self.known.add(row["writer"])

    @property
    def writers(self) -> int:
        return len(self.known) + self.unknown_writers


@dataclass
class Tally:
    """Counts over the snapshot's counted contributions, plus states and reasons over all of it.

    The authority's own answers are listed, not counted.
    """

    everything: Group = field(default_factory=Group)
    replies: int = 0
    for_preparers: int = 0
    late: int = 0
    redacted: int = 0
    speaks_for: int = 0
    official: int = 0
    longest_text: int = 0
    volumes: list[list[int]] = field(default_factory=list)
    _characters: int = 0
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    groups: dict[str, dict[str, Group]] = field(
        default_factory=lambda: {name: {} for name in CLASSIFICATIONS}
    )
    supported: list[tuple[tuple[int, int], Row]] = field(default_factory=list)
    supported_by_language: dict[str, list[tuple[tuple[int, int], Row]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, place: int, row: Row) -> None:
        self.states[row["state"]] += 1
        self._bind(place, len(row["text"]))
        if row["state"] not in COUNTED:
            if row["reason"]:
                self.reasons[row["reason"]] += 1
            return
        self.longest_text = max(self.longest_text, utf16_length(row["text"]))
        if row.get("official"):
            self.official += 1
            return
        self.everything.add(row)
        self.replies += bool(row["parent_id"])
        self.for_preparers += row["audience"] == "preparers"
        self.late += bool(row["late"])
        self.redacted += bool(row["redacted"])
        self.speaks_for += row["speaks_for"] or 0
        for name, code in classify(row).items():
            self.groups[name].setdefault(code, Group()).add(row)
        if row["supports"]:
            keep(self.supported, MOST_SUPPORTED, place, row)
            keep(self.supported_by_language[row["language"]], MOST_SUPPORTED_PER_LANGUAGE, place, row)

    def _bind(self, place: int, characters: int) -> None:
        """Put the row into the current volume, or begin the next one."""
        self._characters += characters
        full = self.volumes and (
            place - self.volumes[-1][0] == IN_VOLUME or self._characters > CHARACTERS_IN_VOLUME
        )
        if full or not self.volumes:
            self.volumes.append([place, place])
            self._characters = characters
        self.volumes[-1][1] = place + 1


def classify(row: Row) -> dict[str, str]:
    """The group of a contribution in each classification; a background that was left out is "not said".

    The day is Helsinki's day of receipt; a week is told by its Monday.
    """
    day = moment(row["received"] or row["created"]).date()
    return {
        "section": row["part_id"] or "",
        "municipality": row["municipality"] or "not_said",
        "age": row["age_class"] or "not_said",
        "role": row["role"] or "not_said",
        "language": row["language"],
        "channel": row["channel"],
        "day": day.isoformat(),
        "week": (day - dt.timedelta(days=day.weekday())).isoformat(),
    }


def keep(heap: list[tuple[tuple[int, int], Row]], most: int, place: int, row: Row) -> None:
    """Keep the `most` most supported; of equals, those that come first in the snapshot."""
    item = ((row["supports"], -place), row)
    if len(heap) < most:
        heapq.heappush(heap, item)
    elif item[0] > heap[0][0]:
        heapq.heapreplace(heap, item)


def ranked(heap: list[tuple[tuple[int, int], Row]]) -> list[Row]:
    return [row for _, row in sorted(heap, key=lambda item: item[0], reverse=True)]


def utf16_length(text: str) -> int:
    """Length as spreadsheet programs count it: a character beyond the basic plane counts twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def tally(rows: Iterable[Row]) -> Tally:
    result = Tally()
    for place, row in enumerate(rows):
        result.add(place, row)
    return result


def public_row(row: Row) -> dict[str, Any]:
    """What the lists of most supported comments keep of a row."""
    names = ("id", "parent_id", "part_id", "language", "name", "organisation", "supports", "text", "created")
    return {name: row[name] for name in names}
