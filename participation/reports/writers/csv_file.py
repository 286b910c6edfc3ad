"""CSV: every contribution in full; UTF-8 with BOM and semicolons, as Finnish and Swedish spreadsheets
expect.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..formats import moment
from ..labels import Labels
from ..snapshot import Row
from .columns import Columns, text_columns

GUARDED = frozenset("=+-@\t\r\n'")
"""First characters that get an apostrophe before them (OWASP, CSV injection). The apostrophe itself is among
them, so that taking one apostrophe off always gives the original back."""


def guard(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in GUARDED and cell else cell


def time(text: str) -> str:
    return moment(text).isoformat(timespec="seconds")


def write_csv(longest_text: int, rows: Iterable[Row], labels: Labels, target: Path) -> None:
    columns = Columns(labels, text_columns(longest_text))
    with target.open("w", encoding="utf-8-sig", newline="") as output:
        writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns.headings())
        for row in rows:
            writer.writerow([guard(cell) for cell in columns.cells(row, time)])
