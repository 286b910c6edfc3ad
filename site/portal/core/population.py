"""CSV files of population by municipality and language; every error says where, what, and what instead."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .enums import PopulationLanguage
from .models import Municipality

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "municipality": ("municipality", "kunta", "kommun"),
    "year": ("year", "vuosi", "år"),
    "language": ("language", "kieli", "språk"),
    "persons": ("persons", "henkilöitä", "personer", "henkilöt", "henkilöä", "antal personer"),
    "source": ("source", "lähde", "källa"),
}
"""Names a column may have: in English, Finnish and Swedish, then others people use."""
LANGUAGES: Mapping[str, PopulationLanguage] = {
    word: language
    for language, words in {
        PopulationLanguage.TOTAL: ("total", "yhteensä", "kaikki", "totalt", "sammanlagt", "alla"),
        PopulationLanguage.FINNISH: ("fi", "finnish", "suomi", "finska"),
        PopulationLanguage.SWEDISH: ("sv", "swedish", "ruotsi", "svenska"),
        PopulationLanguage.OTHER: ("other", "muu", "muut", "muu kieli", "annat", "övriga", "annat språk"),
    }.items()
    for word in words
}
FIRST_YEAR = 1950
MOST_PERSONS = 10_000_000
MAX_BYTES = 2_000_000
MAX_SOURCE = 250


class PopulationRow(NamedTuple):
    line: int
    municipality_id: int
    year: int
    language: str
    persons: int | None
    source: str


class RowError(NamedTuple):
    """What is wrong, as a sentence; `line` counts from 1, the header included; 0 is the file itself."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        if not self.line:
            return self.message
        if not self.column:
            return _("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message}
        where = {"line": self.line, "column": self.column, "message": self.message}
        return _("Line %(line)s, column “%(column)s”: %(message)s") % where


class PopulationFileError(ValueError):
    """The file as it is cannot be imported; nothing of it has been."""

    def __init__(self, errors: list[RowError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def read_population(content: bytes) -> list[PopulationRow]:
    """Rows of the file, or `PopulationFileError` with every error in it."""
    records = _records(_text(content))
    header_line, names = records[0]
    positions = _positions(header_line, names)
    reader = _RowReader(positions, names, Municipality.objects.all())
    rows = [reader.read(line, values) for line, values in records[1:]]
    reader.check_sums()
    if not rows:
        reader.errors.append(
            RowError(0, "", _("There are no figures in the file: it has a header and no rows."))
        )
    if reader.errors:
        raise PopulationFileError(sorted(reader.errors, key=lambda error: error.line))
    return [row for row in rows if row is not None]


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        message = _("The file is larger than %(limit)s bytes. Upload one year at a time.") % {
            "limit": MAX_BYTES
        }
        raise PopulationFileError([RowError(0, "", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheet programs on Finnish Windows call "CSV".
        return content.decode("cp1252", errors="replace")


def _records(text: str) -> list[tuple[int, list[str]]]:
    """Lines that have anything on them, with their numbers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO("" if "\0" in text else text, newline=""), delimiter=delimiter)
    try:
        records = [(reader.line_num, values) for values in reader if any(value.strip() for value in values)]
    except csv.Error as error:
        message = _("The line cannot be read as CSV (%(error)s).") % {"error": error}
        raise PopulationFileError([RowError(reader.line_num, "", message)]) from error
    if not records:
        message = _("The file has no text in it. Save the table as CSV (UTF-8) and upload that.")
        raise PopulationFileError([RowError(0, "", message)])
    return records


def _positions(line: int, names: list[str]) -> dict[str, int]:
    """Column → its place in the row; columns that we do not know are left alone."""
    positions: dict[str, int] = {}
    for place, name in enumerate(names):
        for column, words in COLUMNS.items():
            if name.strip().casefold() in words:
                positions.setdefault(column, place)
    missing = [column for column in COLUMNS if column not in positions]
    if missing:
        place = {"fi": 1, "sv": 2}.get((get_language() or "")[:2], 0)
        named = ", ".join(COLUMNS[column][place] for column in missing)
        message = _("The header lacks %(missing)s. It must have: municipality;year;language;persons;source.")
        raise PopulationFileError([RowError(line, "", message % {"missing": named})])
    return positions


class _RowReader:
    """Reads row by row, gathers errors, remembers what the file has said already."""

    def __init__(
        self, positions: dict[str, int], names: list[str], municipalities: Iterable[Municipality]
    ) -> None:
        self.positions = positions
        self.names = {column: names[place].strip() for column, place in positions.items()}
        self.errors: list[RowError] = []
        self.seen: dict[tuple[int, int, str], int] = {}
        self.figures: dict[tuple[int, int], dict[str, tuple[int, int]]] = {}
        self.by_word: dict[str, Municipality] = {}
        for municipality in municipalities:
            for word in (municipality.code, municipality.name_fi, municipality.name_sv):
                self.by_word[word.casefold()] = municipality

    def read(self, line: int, values: list[str]) -> PopulationRow | None:
        cells = {
            column: values[place].strip() if place < len(values) else ""
            for column, place in self.positions.items()
        }
        before = len(self.errors)
        municipality = self._municipality(line, cells["municipality"])
        year = self._year(line, cells["year"])
        language = self._language(line, cells["language"])
        persons = self._persons(line, cells["persons"])
        source = self._source(line, cells["source"])
        if len(self.errors) > before or municipality is None or year is None or language is None:
            return None
        row = PopulationRow(line, municipality.pk, year, language.value, persons, source)
        return row if self._is_first(row) else None

    def _fail(self, line: int, column: str, message: str) -> None:
        self.errors.append(RowError(line, self.names[column], message))

    def _municipality(self, line: int, value: str) -> Municipality | None:
        word = value.casefold()
        # Spreadsheets drop the zeros that a code begins with.
        found = self.by_word.get(word.zfill(3) if word.isdigit() else word)
        if found is None:
            message = _("“%(value)s” is no municipality we know. Write its code, such as 049, or its name.")
            self._fail(line, "municipality", message % {"value": value})
        return found

    def _year(self, line: int, value: str) -> int | None:
        latest = timezone.localdate().year
        if value.isascii() and value.isdigit() and FIRST_YEAR <= int(value[:9]) <= latest:
            return int(value)
        message = _("“%(value)s” is no year. Write four digits from %(first)s to %(latest)s.")
        self._fail(line, "year", message % {"value": value, "first": FIRST_YEAR, "latest": latest})
        return None

    def _language(self, line: int, value: str) -> PopulationLanguage | None:
        found = LANGUAGES.get(value.casefold())
        if found is None:
            message = _("“%(value)s” is no language group. Write total, fi, sv or other.")
            self._fail(line, "language", message % {"value": value})
        return found

    def _persons(self, line: int, value: str) -> int | None:
        if not value:
            return None
        digits = "".join(value.split())
        if digits.isascii() and digits.isdigit() and int(digits[:12]) <= MOST_PERSONS:
            return int(digits)
        message = _(
            "“%(value)s” is no number of persons. "
            "Write a whole number such as 314024, or leave the cell empty."
        )
        self._fail(line, "persons", message % {"value": value})
        return None

    def _source(self, line: int, value: str) -> str:
        if not value:
            self._fail(line, "source", _("The source is missing. Write where the figure comes from."))
        elif len(value) > MAX_SOURCE:
            message = _("The source is %(length)s characters long. Write at most %(limit)s.")
            self._fail(line, "source", message % {"length": len(value), "limit": MAX_SOURCE})
        return value

    def _is_first(self, row: PopulationRow) -> bool:
        key = (row.municipality_id, row.year, row.language)
        first = self.seen.setdefault(key, row.line)
        if first != row.line:
            message = _("The same municipality, year and language are on line %(first)s already. Keep one.")
            self.errors.append(RowError(row.line, "", message % {"first": first}))
            return False
        if row.persons is not None:
            groups = self.figures.setdefault((row.municipality_id, row.year), {})
            groups[row.language] = (row.persons, row.line)
        return True

    def check_sums(self) -> None:
        """The language groups of a municipality cannot be more people than it has."""
        for groups in self.figures.values():
            total = groups.get(PopulationLanguage.TOTAL)
            parts = sum(persons for language, (persons, _line) in groups.items() if language != "total")
            if total and parts > total[0]:
                message = _(
                    "The language groups add up to %(parts)s, more than the total %(total)s. Correct one."
                )
                self._fail(total[1], "persons", message % {"parts": parts, "total": total[0]})
