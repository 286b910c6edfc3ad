"""XLSX: facts, figures and every contribution, written row by row in memory that does not grow."""

import datetime as dt
from collections.abc import Iterable
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
FIRST_WIDTH, NEXT_WIDTH, LAST = 60, 18, 6
"""Widths of the report sheet's columns, in characters, and the place of the last one."""
WHOLE_WIDTH = FIRST_WIDTH + NEXT_WIDTH * LAST
LINE_HEIGHT, MOST_HEIGHT = 15.0, 409.0
"""Points; the latter is the highest row there can be."""
A4 = 9
TEXT_PLACE = len(BEFORE_TEXT)
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
        self.head_right: Format = book.add_format(
            {"bold": True, "bg_color": "#EAF0F3", "bottom": 1, "text_wrap": True, "align": "right"}
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


def height(text: str, width: int) -> float:
    """Points that a wrapped text needs: not every office program fits rows to their texts on opening."""
    room = max(1, width - 2)
    lines = sum(max(1, -(-len(paragraph) // room)) for paragraph in text.split("\n"))
    return min(MOST_HEIGHT, lines * LINE_HEIGHT)


def for_print(sheet: Worksheet) -> None:
    """A4 on its side, as many pages long as it takes, never two wide."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def write_blocks(sheet: Worksheet, content: Content, formats: Formats) -> None:
    """Cover, tables and method one below another; comments and charts have no place here."""
    for_print(sheet)
    sheet.set_column(0, 0, FIRST_WIDTH)
    sheet.set_column(1, LAST, NEXT_WIDTH)
    sheet.set_row(0, 1.5 * LINE_HEIGHT)
    sheet.write_string(0, 0, content.title, formats.title)
    sheet.write_string(1, 0, content.subtitle)
    sheet.write_string(2, 0, content.notice, formats.caption)
    line = 4
    for block in content.blocks:
        match block:
            case Heading(_level, text):
                sheet.set_row(line + 1, 1.3 * LINE_HEIGHT)
                sheet.write_string(line + 1, 0, text, formats.heading)
                line += 2
            case Paragraph(text):
                line = write_text(sheet, line, text, formats)
            case Bullets(items):
                for item in items:
                    line = write_text(sheet, line, f"• {item}", formats)
            case Facts():
                line = write_facts(sheet, line, block, formats) + 1
            case Table():
                line = write_table(sheet, line, block, formats)
                if block.note:
                    line = write_text(sheet, line, block.note, formats)
                line += 1


def write_text(sheet: Worksheet, line: int, text: str, formats: Formats) -> int:
    """Running text over all columns."""
    sheet.set_row(line, height(text, WHOLE_WIDTH))
    sheet.merge_range(line, 0, line, LAST, text, formats.wrap)
    return line + 1


def write_facts(sheet: Worksheet, line: int, facts: Facts, formats: Formats) -> int:
    sheet.write_string(line, 0, facts.caption, formats.caption)
    line += 1
    for name, value in facts.rows:
        sheet.set_row(line, height(value, NEXT_WIDTH * LAST))
        sheet.write_string(line, 0, name, formats.wrap)
        sheet.merge_range(line, 1, line, LAST, value, formats.wrap)
        line += 1
    return line


def write_table(sheet: Worksheet, line: int, table: Table, formats: Formats) -> int:
    sheet.write_string(line, 0, table.caption, formats.caption)
    line += 1
    sheet.set_row(line, max(height(column.label, NEXT_WIDTH) for column in table.columns))
    for place, column in enumerate(table.columns):
        sheet.write_string(line, place, column.label, formats.head_right if column.numeric else formats.head)
    for row in table.rows:
        line += 1
        if isinstance(row[0], str):
            sheet.set_row(line, height(row[0], FIRST_WIDTH))
        for place, cell in enumerate(row):
            write_cell(sheet, line, place, cell, formats)
    return line + 1


def write_cell(sheet: Worksheet, line: int, column: int, cell: Cell, formats: Formats) -> None:
    """Numbers as numbers, so that they can be reckoned with; gaps as words."""
    if isinstance(cell, str):
        sheet.write_string(line, column, cell, formats.right if column else formats.wrap)
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
        cells = columns.cells(row, serial)
        if (high := height(cells[TEXT_PLACE] or "", TEXT_WIDTH)) > LINE_HEIGHT:
            sheet.set_row(line, high)
        write_row(sheet, line, cells, kinds)
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
    for_print(sheet)
    sheet.repeat_rows(0)
    for place, key in enumerate(BEFORE_TEXT):
        sheet.set_column(place, place, WIDTHS.get(key, 12))
    texts = range(len(BEFORE_TEXT), len(BEFORE_TEXT) + columns.text_columns)
    sheet.set_column(texts[0], texts[-1], TEXT_WIDTH)
    sheet.set_column(texts[-1] + 1, texts[-1] + len(AFTER_TEXT), 16)
    sheet.freeze_panes(1, 1)
    for place, heading in enumerate(columns.headings()):
        sheet.write_string(0, place, heading, formats.head)
    return sheet
