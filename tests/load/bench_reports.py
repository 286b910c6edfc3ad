"""Report files of 10,000 and 100,000 comments: time and memory, from the snapshot on."""

import json
import sys

import pytest
from django.utils.translation import override

from participation.reports.labels import Labels
from participation.reports.snapshot import Snapshot
from participation.reports.writers.columns import Columns
from participation.reports.writers.xlsx import serial
from tests.participation.reports import made_up, measuring

pytestmark = pytest.mark.timeout(1200)
BASELINE = """
import json, xlsxwriter
order = json.load(sys.stdin)
book = xlsxwriter.Workbook(order["target"], {"constant_memory": True, "strings_to_urls": False})
sheet = book.add_worksheet()
for number, line in enumerate(open(order["cells"], encoding="utf-8")):
    for place, cell in enumerate(json.loads(line)):
        if isinstance(cell, str):
            sheet.write_string(number, place, cell)
        elif cell is not None:
            sheet.write_number(number, place, cell)
book.close()
"""
# As a worker does it, in a process that has done nothing else; the heaviest child is told by the system.
WORKER = """
import json, resource
order = json.load(sys.stdin)
sys.path[:0] = order["import_paths"]
import django
django.setup()
from participation.reports.pipeline import Pipeline
pipeline = Pipeline(Path(order["snapshot"]), Path(order["folder"]))
made = list(pipeline.run(["fi", "sv"], ["xlsx", "csv", "json", "pdf", "docx"]))
print(len(made), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def snapshot_of(folder, count):
    folder.mkdir()
    path = folder / "snapshot.ndjson"
    made_up.write(path, measuring.real_rows(count))
    measuring.step(path, folder, "measures.json", step="measures")
    return path


def cells_of(snapshot, target):
    """The cells that the report's sheet of comments has, as JSON lines."""
    opened = Snapshot.open(snapshot)
    with override("sv"), target.open("w", encoding="utf-8") as output:
        columns = Columns(Labels(opened.header, "sv"), 2)
        for row in opened.rows():
            output.write(json.dumps(columns.cells(row, serial)) + "\n")


def test_xlsx_of_ten_thousand(tmp_path, figure):
    snapshot = snapshot_of(tmp_path / "a", 10_000)
    cells_of(snapshot, tmp_path / "cells")
    order = json.dumps({"cells": str(tmp_path / "cells"), "target": str(tmp_path / "baseline.xlsx")})
    # In turns, so that whatever else the machine does meets both alike.
    pairs = [
        (measuring.file(snapshot, tmp_path / "a", "xlsx"), measuring.measured(BASELINE, order))
        for _n in range(7)
    ]
    ours, theirs = (min(taken, key=lambda t: t.processor) for taken in zip(*pairs, strict=True))
    figure(
        "XLSX of 10,000 comments, seconds of processor",
        f"{ours.processor:.2f} s",
        "≤ 1.5 × baseline",
        ours.processor <= 1.5 * theirs.processor,
        f"{theirs.processor:.2f} s, XlsxWriter alone",
    )
    figure("XLSX of 10,000 comments, peak", f"{ours.megabytes:.0f} MB", "< 200 MB", ours.megabytes < 200)


def test_whole_report_of_ten_thousand(tmp_path, figure):
    snapshot = snapshot_of(tmp_path / "a", 10_000)
    order = {"snapshot": str(snapshot), "folder": str(tmp_path / "a"), "import_paths": sys.path}
    worker = measuring.measured(WORKER, json.dumps(order))
    files, heaviest = worker.said.split()
    heaviest = float(heaviest)
    figure(f"Whole report of 10,000, {files} files", f"{worker.clock:.0f} s", "≤ 120 s", worker.clock <= 120)
    figure("Heaviest process that makes a file", f"{heaviest:.0f} MB", "< 500 MB", heaviest < 500)
    figure("The worker that starts them", f"{worker.megabytes:.0f} MB", "< 500 MB", worker.megabytes < 500)


def test_memory_does_not_grow(tmp_path, figure):
    small, large = snapshot_of(tmp_path / "a", 1_000), snapshot_of(tmp_path / "b", 100_000)
    for kind in ("xlsx", "csv", "json"):
        few = measuring.file(small, tmp_path / "a", kind).megabytes
        many = measuring.file(large, tmp_path / "b", kind).megabytes
        figure(
            f"{kind.upper()} of 100,000 comments, peak",
            f"{many:.0f} MB",
            "< 100 MB more",
            many - few < 100,
            f"{few:.0f} MB for 1,000",
        )
