"""Reads the demonstration's texts and refuses one that lacks a language."""

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portal.core.enums import Language

CONTENT = Path(__file__).parent / "content"
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
NO_BREAK_SPACE = "\u00a0"
WAKING_HOURS = dt.timedelta(hours=12)


class ContentError(ValueError):
    """A content file says a thing in one language only, or in a way the loader does not know."""


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in both languages."""

    fi: str
    sv: str

    def __getitem__(self, language: str) -> str:
        return self.sv if language == Language.SWEDISH else self.fi

    def columns(self, name: str) -> dict[str, str]:
        """Values of the column pair `name_fi`, `name_sv`."""
        return {f"{name}_{code}": self[code] for code in Language.values}


def read(name: str) -> dict[str, Any]:
    """A content file: every table of `fi` and `sv` a `Text`, every pair of lists a list of them."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return {key: _understand(value, f"{name}.{key}") for key, value in tomllib.load(file).items()}


def _understand(value: Any, where: str) -> Any:
    if isinstance(value, list):
        return [_understand(item, f"{where}[{index}]") for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if not value.keys() & set(Language.values):
        return {key: _understand(item, f"{where}.{key}") for key, item in value.items()}
    if value.keys() != set(Language.values):
        raise ContentError(f"{where}: languages are {sorted(value)}, must be {sorted(Language.values)}")
    if isinstance(value["fi"], list):
        if len(value["fi"]) != len(value["sv"]):
            raise ContentError(f"{where}: {len(value['fi'])} items in Finnish, {len(value['sv'])} in Swedish")
        return [_text(fi, sv, where) for fi, sv in zip(value["fi"], value["sv"], strict=True)]
    return _text(value["fi"], value["sv"], where)


def _text(fi: str, sv: str, where: str) -> Text:
    if not fi.strip() or not sv.strip():
        raise ContentError(f"{where}: empty in one language")
    return Text(_typeset(fi), _typeset(sv))


def _typeset(text: str) -> str:
    return THOUSANDS.sub(NO_BREAK_SPACE, text.strip())


@dataclass(frozen=True, slots=True)
class Calendar:
    """The demonstration's own time: days are counted from the day it is loaded."""

    today: dt.date
    timezone: dt.tzinfo

    def date(self, days: float) -> dt.date:
        return self.today + dt.timedelta(days=int(days))

    def moment(self, days: float, hour: int = 9) -> dt.datetime:
        """A day at `hour` in Helsinki; a fraction of a day moves it on within the twelve hours after that."""
        start = dt.datetime.combine(self.date(days // 1), dt.time(hour), self.timezone)
        return (start + days % 1 * WAKING_HOURS).astimezone(dt.UTC)
