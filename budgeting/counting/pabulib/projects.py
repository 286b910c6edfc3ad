"""The section PROJECTS."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.model import Project
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.amounts import parse_amount, parse_count, parse_number
from budgeting.counting.pabulib.cells import CellReader, Place, split_list
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode
from budgeting.counting.pabulib.file import Section
from budgeting.counting.pabulib.limits import Limits
from budgeting.counting.pabulib.sections import Cursor, Header

SELECTED = ("0", "1", "2", "3")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One row as it was read. `cost` is in currency units."""

    id: str
    line: int
    cost: Fraction
    cells: dict[str, str]

    def project(self, number: int, minor_units: int) -> Project:
        return Project(
            id=self.id,
            cost=int(self.cost * minor_units),
            number=number,
            name=self.cells.get("name", ""),
            categories=self.items("category"),
            neighbourhoods=self.items("neighborhood"),
            targets=self.items("beneficiaries"),
            withdrawn=self.cost == names.WITHDRAWN_COST,
        )

    def items(self, column: str) -> tuple[str, ...]:
        return tuple(item for item in split_list(self.cells.get(column, "")) if item)


class ProjectsReader:
    def __init__(self, cells: CellReader, limits: Limits) -> None:
        self._cells = cells
        self._limits = limits
        self.rows: dict[str, ProjectRow] = {}

    def read(self, cursor: Cursor) -> Section:
        findings = self._cells.findings
        names_given = self._present_names(cursor.open("PROJECTS"), cursor.line)
        header = Header(names_given, cursor.line, names.PROJECT_COLUMNS, ("project_id", "cost"), findings)
        rows = []
        for line, cells in cursor:
            if len(rows) == self._limits.projects:
                raise findings.fail(ErrorCode.TOO_MANY_ROWS, line=line, expected=(str(len(rows)),))
            rows.append(self._read_row(line, header.fit(cells, line), header.names))
        return Section(header.names, tuple(rows))

    def _present_names(self, cells: list[str], line: int) -> list[str]:
        """Columns by the names that the format has for them now."""
        present = list(cells)
        for number, name in enumerate(cells):
            renamed = names.RENAMED_PROJECT_COLUMNS.get(name.lower())
            if renamed and renamed not in (other.lower() for other in cells):
                present[number] = renamed
                self._cells.note(WarningCode.RENAMED_COLUMN, Place(line, number + 1, name), name, renamed)
        return present

    def _read_row(self, line: int, cells: list[str], columns: tuple[str, ...]) -> tuple[str, ...]:
        kept = dict(zip(columns, cells, strict=False))
        cost = Fraction(0)
        for number, column in enumerate(columns, 1):
            place = Place(line, number, column)
            if column == "cost":
                kept[column] = self._cells.with_point(kept[column], place)
                cost = self._cells.number(parse_amount, kept[column], place) or cost
            elif kept[column]:
                kept[column] = self._read_cell(column, kept[column], place)
        self._keep(ProjectRow(kept["project_id"], line, cost, kept), columns.index("project_id") + 1)
        return (*(kept[column] for column in columns), *cells[len(columns) :])

    def _read_cell(self, column: str, cell: str, place: Place) -> str:
        """Gives the text to keep."""
        if column in {"votes", "score"}:
            cell = self._cells.with_point(cell, place)
            if column == "votes":
                self._cells.number(parse_count, cell, place)
            else:
                self._cells.number(parse_number, cell, place)
        elif column == "selected":
            if cell not in SELECTED:
                self._cells.note(ErrorCode.UNKNOWN_VALUE, place, cell, *SELECTED)
        elif column in names.LIST_COLUMNS:
            cell = ",".join(self._cells.text_list(cell, place))
        return cell

    def _keep(self, row: ProjectRow, column: int) -> None:
        place = Place(row.line, column, "project_id")
        if not row.id:
            self._cells.note(ErrorCode.MISSING_ID, place, "")
        elif "," in row.id:
            self._cells.note(ErrorCode.COMMA_IN_ID, place, row.id)
        elif row.id in self.rows:
            self._cells.note(ErrorCode.REPEATED_ID, place, row.id)
        else:
            self.rows[row.id] = row
