"""Above 1,000 comments: figures in the report, comments in annex volumes; real texts where there are any."""

import csv

import pytest
from pypdf import PdfReader

from participation.reports.pipeline import Pipeline
from participation.reports.snapshot import Snapshot

from . import made_up, measuring


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    snapshot = folder / "snapshot.ndjson"
    made_up.write(snapshot, measuring.real_rows(2100))
    made = Pipeline(snapshot, folder).run(["sv"], ["pdf", "csv"])
    return snapshot, {plan.key: path for plan, path in made}


def test_the_report_points_to_its_annexes(large):
    _snapshot, made = large
    assert set(made) == {"sv-0.pdf", "sv-1.pdf", "sv-2.pdf", "sv-0.csv"}
    assert len(PdfReader(made["sv-0.pdf"]).pages) < 40


def test_annexes_hold_every_comment_in_order(large):
    snapshot, made = large
    rows = list(Snapshot.open(snapshot).rows())
    second = "".join(page.extract_text() for page in PdfReader(made["sv-2.pdf"]).pages)
    assert all(row["id"] in second.replace("\n", "") for row in rows[2000:])
    last = PdfReader(made["sv-1.pdf"]).pages[-1].extract_text().replace("\n", "")
    assert rows[1999]["id"] in last
    assert PdfReader(made["sv-1.pdf"]).trailer["/Root"]["/Lang"].lower() == "sv-fi"


def test_the_csv_has_a_line_for_every_comment(large):
    _snapshot, made = large
    with made["sv-0.csv"].open(encoding="utf-8-sig", newline="") as source:
        assert sum(1 for _line in csv.reader(source, delimiter=";")) == 2101


def test_a_volume_is_made_under_500_megabytes(large):
    snapshot, made = large
    taken = measuring.file(snapshot, made["sv-1.pdf"].parent, "pdf", volume=1)
    assert taken.megabytes < 500
