"""Reading a file of comments: one row, one comment, or a reason why not."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from participation.processes.enums import Channel, ContributionLanguage, PlaceOutside
from participation.processes.models import Part
from participation.processes.plain_text import plain_text
from participation.processes.screening import detect_language
from portal.core.formats.input import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS
from portal.core.formats.text import HELSINKI
from portal.core.models import Municipality

COLUMNS = ("text", "language", "author", "created", "section", "municipality", "channel", "received")
DELIMITERS = "\t;,"
csv.field_size_limit(10_000_000)


class FileUnreadable(Exception):
    """The file as a whole cannot be read; the message says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: the line it ends on in the file, and the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class GoodRow:
    """`occurrence`: the how-manieth row of the file with this section, author and text."""

    line: int
    text: str
    language: str
    author: str
    part: Part | None
    municipality: str
    channel: str
    created: dt.datetime | None
    received: dt.datetime | None
    occurrence: int


@dataclass
class Names:
    """What the words of a file mean in one hearing."""

    sections: Mapping[str, Part]
    """By public id, heading in either language, first word of the heading, or number; folded."""
    municipalities: Mapping[str, str]
    """Codes and names in both languages, folded, to what is stored."""
    default_language: str
    seen: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def municipality_names() -> dict[str, str]:
    found = {value: value for value in PlaceOutside.values}
    for row in Municipality.objects.all():
        found |= {name.casefold(): row.code for name in (row.code, row.name_fi, row.name_sv)}
    return found


def read_rows(path: Path, columns: Mapping[str, str], names: Names) -> Iterator[GoodRow | BadRow]:
    """Rows of a TSV or CSV file in UTF-8; `columns` maps our names to the file's where they differ."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as source:
            yield from _read(source, columns, names)
    except UnicodeDecodeError as error:
        raise FileUnreadable(f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error
    except csv.Error as error:
        raise FileUnreadable(f"{path.name} is not a table: {error}.") from error


def _read(source: Iterator[str], columns: Mapping[str, str], names: Names) -> Iterator[GoodRow | BadRow]:
    header = next(source, "")
    delimiter = max(DELIMITERS, key=header.count)
    fields = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    wanted = {name: columns.get(name, name) for name in COLUMNS}
    missing = sorted({wanted["text"], *columns.values()} - set(fields))
    if missing:
        raise FileUnreadable(
            f"There is no column {', '.join(missing)}; the file has {', '.join(fields) or 'no columns'}."
        )
    reader = csv.DictReader(source, fieldnames=fields, delimiter=delimiter)
    for row in reader:
        line = reader.line_num + 1
        if None in row:
            yield BadRow(line, f"has more fields than the {len(fields)} columns")
            continue
        values = {ours: (row.get(theirs) or "").strip() for ours, theirs in wanted.items()}
        yield _row(line, values, names)


def _row(line: int, values: Mapping[str, str], names: Names) -> GoodRow | BadRow:
    try:
        text = _text(values["text"])
        part = _section(values["section"], names)
        identity = (str(part.public_id) if part else "", values["author"], text)
        row = GoodRow(
            line=line,
            text=text,
            language=_language(values["language"], text, names),
            author=values["author"],
            part=part,
            municipality=_municipality(values["municipality"], names),
            channel=_channel(values["channel"]),
            created=_moment("created", values["created"]),
            received=_moment("received", values["received"]),
            occurrence=names.seen[identity] + 1,
        )
    except ValueError as error:
        return BadRow(line, str(error))
    names.seen[identity] += 1
    return row


def _text(value: str) -> str:
    text = plain_text(value)
    longest = settings.COMMENT_MAX_CHARACTERS
    if not text:
        raise ValueError("has no text")
    if len(text) > longest:
        raise ValueError(f"text is {len(text)} characters long; the longest is {longest}")
    return text


def _section(value: str, names: Names) -> Part | None:
    if not value:
        return None
    part = names.sections.get(value.casefold())
    if part is None:
        raise ValueError(f"section {value!r} is not in the hearing; give its number, heading or public id")
    return part


def _language(value: str, text: str, names: Names) -> str:
    if not value:
        return detect_language(text) or names.default_language
    code = value.casefold()
    if code not in ContributionLanguage.values:
        raise ValueError(f"language {value!r} is not one of {', '.join(ContributionLanguage.values)}")
    return code


def _municipality(value: str, names: Names) -> str:
    if not value:
        return PlaceOutside.NOT_SAID.value
    found = names.municipalities.get(value.casefold())
    if found is None:
        raise ValueError(f"municipality {value!r} is not known; give its code or its name")
    return found


def _channel(value: str) -> str:
    if value and value.casefold() not in Channel.values:
        raise ValueError(f"channel {value!r} is not one of {', '.join(Channel.values)}")
    return value.casefold() or Channel.IMPORT.value


def _moment(column: str, value: str) -> dt.datetime | None:
    """A moment or a day, as ISO or as people write them; without an offset it is Finland's time."""
    if not value:
        return None
    moment = _parsed(value)
    if moment is None:
        raise ValueError(f"{column} {value!r} is no time; write 2026-11-30 16:15 or 30.11.2026")
    moment = moment if moment.tzinfo else moment.replace(tzinfo=HELSINKI)
    if moment > timezone.now():
        raise ValueError(f"{column} {value!r} is in the future")
    return moment


def _parsed(value: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        pass
    for pattern in (*DATETIME_INPUT_FORMATS, *DATE_INPUT_FORMATS):
        try:
            return dt.datetime.strptime(value, pattern)  # noqa: DTZ007
        except ValueError:
            continue
    return None
