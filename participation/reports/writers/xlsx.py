"""XLSX: facts, figures and every contribution, written row by row in memory that does not grow."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..content.blocks import Bullets, Cell, Content, Facts, Gap, Heading, Kind, Paragraph, Table, display
from ..formats import moment
from ..labels import Labels
from ..measures import Measures
from ..snapshot import Row
from .columns import AFTER_TEXT, BEFORE_TEXT, TIMES, Columns, text_columns

MOST_ROWS = 1_048_576
FORMULA_STARTS = frozenset("=+-@\t")
EPOCH = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
WIDTHS = {"id": 38, "parent_id": 38, "section": 30, "state": 14, "reason": 20, "received": 16, "created": 16}
TEXT_WIDTH = 80
OPTIONS = {
    "constant_memory": True,
    "strings_to_urls": False,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    # Every cell begins at the top of its row without a format of its own, which a cell pays for.
    "default_format_properties": {"valign": "top"},
}


def write_xlsx(
    content: Content, measures: Measures, rows: Iterable[Row], labels: Labels, target: Path
) -> None:
    book = xlsxwriter.Workbook(str(target), {**OPTIONS, "tmpdir": str(target.parent)})
    book.set_properties(
        {
            "title": content.title,
            "subject": content.subject,
            "author": content.author,
            "comments": content.notice,
            "created": dt.datetime.fromisoformat(content.taken_at).astimezone(dt.UTC).replace(tzinfo=None),
        }
    )
    formats = Formats(book)
    write_blocks(book.add_worksheet(_("Report")), content, formats)
    write_rows(book, measures, rows, labels, formats)
    book.close()


class Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 16})
        self.heading: Format = book.add_format({"bold": True, "font_size": 13, "font_color": "#17495E"})
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#EAF0F3", "bottom": 1, "text_wrap": True}
        )
        self.caption: Format = book.add_format({"bold": True})
        self.wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted: Format = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.plain_quoted: Format = book.add_format({"valign": "top", "quote_prefix": True})
        self.time: Format = book.add_format({"num_format": "d.m.yyyy h.mm", "align": "left", "valign": "top"})
        self.right: Format = book.add_format({"align": "right"})
        self.numbers: dict[Kind, Format] = {
            Kind.COUNT: book.add_format({"num_format": "#,##0"}),
            Kind.SHARE: book.add_format({"num_format": "0.0 %"}),
            Kind.RATIO: book.add_format({"num_format": "0.00"}),
        }


def write_blocks(sheet: Worksheet, content: Content, formats: Formats) -> None:
    """Cover, tables and method one below another; comments and charts have no place here."""
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 6, 18)
    sheet.write_string(0, 0, content.title, formats.title)
    sheet.write_string(1, 0, content.subtitle)
    sheet.write_string(2, 0, content.notice, formats.caption)
    line = 4
    for block in content.blocks:
        match block:
            case Heading(_level, text):
                sheet.write_string(line + 1, 0, text, formats.heading)
                line += 2
            case Paragraph(text):
                sheet.write_string(line, 0, text, formats.wrap)
                line += 1
            case Bullets(items):
                for item in items:
                    sheet.write_string(line, 0, item, formats.wrap)
                    line += 1
            case Facts(caption, pairs):
                line = write_table(sheet, line, caption, [], pairs, formats) + 1
            case Table():
                headings = [column.label for column in block.columns]
                line = write_table(sheet, line, block.caption, headings, block.rows, formats)
                if block.note:
                    sheet.write_string(line, 0, block.note, formats.wrap)
                line += 2


def write_table(
    sheet: Worksheet,
    line: int,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    formats: Formats,
) -> int:
    sheet.write_string(line, 0, caption, formats.caption)
    line += 1
    for column, heading in enumerate(headings):
        sheet.write_string(line, column, heading, formats.head)
    line += bool(headings)
    for row in rows:
        for column, cell in enumerate(row):
            write_cell(sheet, line, column, cell, formats)
        line += 1
    return line


def write_cell(sheet: Worksheet, line: int, column: int, cell: Cell, formats: Formats) -> None:
    """Numbers as numbers, so that they can be reckoned with; gaps as words."""
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, formats.wrap)
    elif isinstance(cell, Gap):
        sheet.write_string(line, column, display(cell), formats.right)
    else:
        sheet.write_number(line, column, cell.value, formats.numbers[cell.kind])


@lru_cache(maxsize=64)
def serial(text: str) -> float:
    """A moment as the days since 30.12.1899, Helsinki's clock: how spreadsheets keep time."""
    return (moment(text).replace(tzinfo=dt.UTC) - EPOCH).total_seconds() / 86400


def write_rows(
    book: xlsxwriter.Workbook, measures: Measures, rows: Iterable[Row], labels: Labels, formats: Formats
) -> None:
    """Every contribution on its own row, text verbatim; a sheet that is full goes on in another."""
    columns = Columns(labels, text_columns(measures["longest_text"]))
    kinds = column_kinds(columns.text_columns, formats)
    sheet, line, number = None, MOST_ROWS, 0
    for row in rows:
        if sheet is None or line == MOST_ROWS:
            number += 1
            sheet, line = new_sheet(book, number, columns, formats), 1
        write_row(sheet, line, columns.cells(row, serial), kinds)
        line += 1
    if sheet is None:
        new_sheet(book, 1, columns, formats)


Kinds = list[tuple[Format | None, Format | None]]


def column_kinds(texts: int, formats: Formats) -> Kinds:
    """(format, format of what looks like a formula) of every column."""
    usual: tuple[Format | None, Format | None] = (None, formats.plain_quoted)
    before: Kinds = [(formats.time, None) if name in TIMES else usual for name in BEFORE_TEXT]
    return before + [(formats.wrap, formats.quoted)] * texts + [usual] * len(AFTER_TEXT)


def write_row(sheet: Worksheet, line: int, cells: list[Any], kinds: Kinds) -> None:
    for place, (cell, (usual, quoted)) in enumerate(zip(cells, kinds, strict=True)):
        if cell is None:
            continue
        if isinstance(cell, str):
            if cell:
                sheet.write_string(line, place, cell, quoted if cell[0] in FORMULA_STARTS else usual)
        else:
            sheet.write_number(line, place, cell, usual)


def new_sheet(book: xlsxwriter.Workbook, number: int, columns: Columns, formats: Formats) -> Worksheet:
    name = _("Comments") if number == 1 else f"{_('Comments')} {number}"
    sheet: Worksheet = book.add_worksheet(name)
    for place, key in enumerate(BEFORE_TEXT):
        sheet.set_column(place, place, WIDTHS.get(key, 12))
    texts = range(len(BEFORE_TEXT), len(BEFORE_TEXT) + columns.text_columns)
    sheet.set_column(texts[0], texts[-1], TEXT_WIDTH)
    sheet.set_column(texts[-1] + 1, texts[-1] + len(AFTER_TEXT), 16)
    sheet.freeze_panes(1, 1)
    for place, heading in enumerate(columns.headings()):
        sheet.write_string(0, place, heading, formats.head)
    return sheet
