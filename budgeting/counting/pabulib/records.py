"""From bytes to rows: UTF-8, line ends, quoting. Nothing here knows what a column means."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from budgeting.counting.pabulib.errors import ErrorCode, Findings, PabulibError, WarningCode
from budgeting.counting.pabulib.limits import Limits

# Tabulator and line ends may stand in a text. Other control characters come from careless copying.
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")

Row = tuple[int, list[str]]


def read_bytes(source: bytes | str | Path, limits: Limits, findings: Findings) -> bytes:
    """At most one byte more than allowed is read, so that a device or a pipe cannot go on for ever."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with open(source, "rb") as file:
                data = file.read(limits.bytes + 1)
        except (OSError, ValueError) as error:
            raise findings.fail(ErrorCode.UNREADABLE, value=str(error)) from error
    if len(data) > limits.bytes:
        raise findings.fail(ErrorCode.TOO_LARGE, expected=(str(limits.bytes),))
    return data


def decode(data: bytes, findings: Findings) -> str:
    """A byte order mark is dropped."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = position(data[: error.start].decode("utf-8-sig"))
        wrong = data[error.start : error.end].hex(" ")
        raise findings.fail(ErrorCode.NOT_UTF8, line=line, column=column, value=wrong) from error
    nul = text.find("\0")
    if nul >= 0:
        line, column = position(text[:nul])
        raise findings.fail(ErrorCode.NUL_CHARACTER, line=line, column=column, value="U+0000")
    return text


def position(before: str) -> tuple[int, int]:
    """Line and character, from 1, of what follows `before`."""
    lines = before.replace("\r\n", "\n").replace("\r", "\n")
    return lines.count("\n") + 1, len(lines) - lines.rfind("\n")


class Lines:
    """The text line by line; refuses a row that goes on too long, as after a quote that is never closed."""

    def __init__(self, text: str, limits: Limits, findings: Findings) -> None:
        self._lines = io.StringIO(text, newline="")
        self._limits = limits
        self._findings = findings
        self._has_controls = CONTROL.search(text) is not None
        self.number = 0
        self.row_begins = 1
        self.row_length = 0

    def begin_row(self) -> None:
        self.row_begins = self.number + 1
        self.row_length = 0

    def error_of(self, error: csv.Error) -> PabulibError:
        """The csv module says what it met in words only, and has a limit of its own for a field.

        It is mostly met after a quote that was never closed: nobody writes such a field on many lines.
        """
        text, line = str(error), self.row_begins
        if "unexpected end" in text or ("field limit" in text and self.number > line):
            return self._findings.fail(ErrorCode.QUOTE_NOT_CLOSED, line=line)
        if "field limit" in text:
            most = str(csv.field_size_limit())
            return self._findings.fail(ErrorCode.FIELD_TOO_LONG, line=line, expected=(most,))
        return self._findings.fail(ErrorCode.TEXT_AFTER_QUOTE, line=line)

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.row_length += len(line)
        most = self._limits.row_length
        if self.row_length > most:
            if self.number > self.row_begins:
                raise self._findings.fail(ErrorCode.QUOTE_NOT_CLOSED, line=self.row_begins)
            raise self._findings.fail(ErrorCode.ROW_TOO_LONG, line=self.row_begins, expected=(str(most),))
        if self.number > self._limits.lines:
            most = self._limits.lines
            raise self._findings.fail(ErrorCode.TOO_MANY_LINES, line=self.number, expected=(str(most),))
        if self._has_controls:
            self._note_controls(line)
        return line

    def _note_controls(self, line: str) -> None:
        found = CONTROL.search(line)
        if found:
            value = f"U+{ord(found.group()):04X}"
            self._findings.add(WarningCode.CONTROL_CHARACTER, self.number, found.start() + 1, value=value)


def rows(text: str, limits: Limits, findings: Findings) -> Iterator[Row]:
    """Each row with the line where it begins; blanks around cells are dropped, blank lines with a warning."""
    lines = Lines(text, limits, findings)
    reader = csv.reader(lines, delimiter=";", strict=True, skipinitialspace=True)
    empty: list[int] = []
    while True:
        lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise lines.error_of(error) from error
        cells = [cell.strip() for cell in row]
        if len(cells) < 2 and not any(cells):
            empty.append(lines.row_begins)
            continue
        # Blank lines at the end of the file are nothing to speak of.
        for line in empty:
            findings.add(WarningCode.EMPTY_LINE, line)
        empty.clear()
        if len(cells) > limits.columns or lines.row_length > limits.field_length:
            check_size(cells, lines.row_begins, limits, findings)
        yield lines.row_begins, cells


def check_size(cells: list[str], line: int, limits: Limits, findings: Findings) -> None:
    if len(cells) > limits.columns:
        raise findings.fail(
            ErrorCode.TOO_MANY_COLUMNS, line=line, value=str(len(cells)), expected=(str(limits.columns),)
        )
    longest = max(map(len, cells))
    if longest > limits.field_length:
        raise findings.fail(
            ErrorCode.FIELD_TOO_LONG, line=line, value=str(longest), expected=(str(limits.field_length),)
        )
