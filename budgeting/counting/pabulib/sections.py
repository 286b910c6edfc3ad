"""From rows to sections: their order, their headers, the width of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from budgeting.counting.pabulib.errors import ErrorCode, Findings, WarningCode
from budgeting.counting.pabulib.names import SECTIONS
from budgeting.counting.pabulib.records import Row


def is_section_name(cell: str) -> bool:
    """Reserved: other readers begin a section wherever a row begins with it."""
    return cell.upper() in SECTIONS


def is_section_begin(cells: list[str]) -> bool:
    """Delimiters alone may follow, as table programs write them."""
    return is_section_name(cells[0]) and not any(cells[1:])


class Cursor:
    """Walks through the rows of a file section by section; `open` and then iterating reads one."""

    def __init__(self, rows: Iterator[Row], findings: Findings) -> None:
        self._rows = rows
        self._findings = findings
        self._waiting: Row | None = None
        self.line = 0

    def _next(self) -> Row | None:
        row, self._waiting = self._waiting or next(self._rows, None), None
        if row:
            self.line = row[0]
        return row

    def open(self, name: str) -> list[str]:
        """The header of the section that must begin here."""
        marker = self._next()
        if marker is None:
            raise self._findings.fail(ErrorCode.MISSING_SECTION, line=self.line or None, expected=(name,))
        line, cells = marker
        if not is_section_name(cells[0]):
            raise self._findings.fail(
                ErrorCode.TEXT_BEFORE_SECTIONS, line=line, column=1, value=cells[0], expected=(name,)
            )
        if cells[0].upper() != name:
            raise self._findings.fail(
                ErrorCode.MISSING_SECTION, line=line, column=1, value=cells[0], expected=(name,)
            )
        header = self._next()
        if header is None or is_section_begin(header[1]):
            raise self._findings.fail(ErrorCode.MISSING_HEADER, line=self.line, field=name)
        if is_section_name(header[1][0]):
            raise self._findings.fail(ErrorCode.RESERVED_WORD, line=self.line, column=1, value=header[1][0])
        return header[1]

    def __iter__(self) -> Iterator[Row]:
        """The rows up to the next section."""
        for row in self._rows:
            line, cells = row
            self.line = line
            if not is_section_name(cells[0]):
                yield row
            elif is_section_begin(cells):
                self._waiting = row
                return
            else:
                self._findings.add(ErrorCode.RESERVED_WORD, line, 1, value=cells[0])

    def close(self) -> None:
        """Nothing may follow the last section."""
        row = self._next()
        if row:
            raise self._findings.fail(ErrorCode.REPEATED_SECTION, line=row[0], column=1, value=row[1][0])


class Header:
    """The columns of a section. Known names are taken in any case, unknown ones are kept as they stand."""

    def __init__(
        self, cells: list[str], line: int, known: tuple[str, ...], needed: tuple[str, ...], findings: Findings
    ) -> None:
        while cells and not cells[-1]:
            cells = cells[:-1]
        self.names = tuple(name.lower() if name.lower() in known else name for name in cells)
        self.line = line
        self._findings = findings
        for number, name in enumerate(self.names, 1):
            if not name:
                findings.add(ErrorCode.UNNAMED_COLUMN, line, number)
            elif self.names.index(name) != number - 1:
                findings.add(ErrorCode.REPEATED_COLUMN, line, number, name, name)
        for name in needed:
            if name not in self.names:
                findings.add(ErrorCode.MISSING_COLUMN, line, field=name, expected=(name,))
        # Without its columns a section cannot be read, and every row would be wrong for the same reason.
        if findings.errors and not set(needed) <= set(self.names):
            raise findings.stop()

    def fit(self, cells: list[str], line: int) -> list[str]:
        """A row as wide as the header: missing cells are empty, surplus ones kept if they say something."""
        width = len(self.names)
        if len(cells) == width:
            return cells
        if len(cells) < width:
            self._findings.add(
                WarningCode.ROW_SHORT, line, len(cells), value=str(len(cells)), expected=(str(width),)
            )
            return cells + [""] * (width - len(cells))
        while len(cells) > width and not cells[-1]:
            cells = cells[:-1]
        if len(cells) > width:
            self._findings.add(
                WarningCode.ROW_LONG, line, width + 1, value=cells[width], expected=(str(width),)
            )
        return cells
