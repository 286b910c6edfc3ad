import csv
import io
import json
import zipfile

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.reports.files import FilePlan, file_name, plan_files
from participation.reports.pipeline import Pipeline
from participation.reports.snapshot import Snapshot, clean
from participation.reports.writers.columns import LONGEST_CELL, split_text
from participation.reports.writers.csv_file import guard

from . import made_up

LANGUAGES = ("fi", "sv")
TEXT_COLUMN = 10
BACKGROUND = {"fi": ("Kunta", "Ikäryhmä", "Rooli"), "sv": ("Kommun", "Åldersgrupp", "Roll")}


def texts(path):
    return [row["text"] for row in Snapshot.open(path).rows()]


def test_the_same_snapshot_gives_the_same_bytes(strange, report, tmp_path):
    again = Pipeline(strange, tmp_path, processes=1).run(
        list(LANGUAGES), ["xlsx", "csv", "json", "pdf", "docx"]
    )
    for plan, path in again:
        assert path.read_bytes() == report[plan.language, plan.format].read_bytes(), plan.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_gives_every_text_back(strange, report, language):
    data = report[language, "csv"].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    columns = len(lines[0]) - 20
    assert columns == 2, "the longest text needs one more column"
    for line, row in zip(lines[1:], Snapshot.open(strange).rows(), strict=True):
        cells = [cell[1:] if cell.startswith("'") else cell for cell in line]
        assert "".join(cells[TEXT_COLUMN : TEXT_COLUMN + columns]) == row["text"]
        assert all(not cell.startswith(tuple("=+-@\t\r\n")) for cell in line)


@pytest.mark.parametrize(("language", "said"), [("fi", "Ei ilmoitettu"), ("sv", "Inte uppgett")])
def test_whoever_was_not_asked_is_not_said_to_have_declined(tmp_path, language, said):
    made_up.write(tmp_path / "snapshot", [made_up.row(1, municipality="not_said", role="not_said")])
    [(_plan, path)] = Pipeline(tmp_path / "snapshot", tmp_path).run([language], ["csv"])
    [headings, cells] = csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert [cells[headings.index(name)] for name in BACKGROUND[language]] == [said, "30–44", said]


@given(st.text())
def test_the_guard_can_be_taken_off(text):
    guarded = guard(text)
    assert (guarded[1:] if guarded.startswith("'") else guarded) == text
    assert not guarded.startswith(tuple("=+-@\t\r\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_xlsx_holds_texts_whole_and_no_formula_or_link(strange, report, language):
    book = openpyxl.load_workbook(report[language, "xlsx"])
    sheet = book.worksheets[1]
    rows = list(sheet.iter_rows(min_row=2))
    for cells, row in zip(rows, Snapshot.open(strange).rows(), strict=True):
        found = "".join(cell.value or "" for cell in cells[TEXT_COLUMN : TEXT_COLUMN + 2])
        assert found.replace("_x005F_x0041_", "_x0041_") == row["text"]
        assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    with zipfile.ZipFile(report[language, "xlsx"]) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
                assert b"<hyperlink" not in archive.read(name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_xlsx_is_dated_by_the_snapshot(report, language):
    properties = openpyxl.load_workbook(report[language, "xlsx"]).properties
    assert properties.created.isoformat() == "2026-11-01T08:15:30"


@pytest.mark.parametrize("language", LANGUAGES)
def test_xlsx_shows_wrapped_texts_and_prints_a_page_wide(report, language):
    """Rows are as high as their texts need, in programs too that fit none by themselves."""
    figures, comments = openpyxl.load_workbook(report[language, "xlsx"]).worksheets
    for sheet in (figures, comments):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert comments.print_title_rows == "$1:$1"
    long = [row for row in comments.iter_rows(min_row=2) if len(str(row[TEXT_COLUMN].value)) > 200]
    assert long
    assert all(comments.row_dimensions[row[0].row].height > 30 for row in long)
    paragraphs = [cell for cell in figures["A"] if len(str(cell.value)) > 250]
    assert paragraphs
    for cell in paragraphs:
        assert figures.row_dimensions[cell.row].height >= 30
        assert any(cell.coordinate in area and area.max_col == 7 for area in figures.merged_cells.ranges)


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_holds_every_row_and_of_hidden_ones_three_fields(strange, report, language):
    found = json.loads(report[language, "json"].read_text(encoding="utf-8"))
    assert found["language"] == language
    rows = list(Snapshot.open(strange).rows())
    assert [row["id"] for row in found["contributions"]] == [row["id"] for row in rows]
    for shown, row in zip(found["contributions"], rows, strict=True):
        if row["state"] == "hidden":
            assert set(shown) == {"id", "state", "reason"}
        else:
            assert shown["text"] == row["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_rows_show_id_state_and_reason_only(strange, report, language):
    hidden = [row for row in Snapshot.open(strange).rows() if row["state"] == "hidden"]
    assert hidden
    sheet = openpyxl.load_workbook(report[language, "xlsx"]).worksheets[1]
    lines = {cells[0]: cells for cells in sheet.iter_rows(min_row=2, values_only=True)}
    for row in hidden:
        assert [cell for cell in lines[row["id"]] if cell is not None] == [
            row["id"],
            lines[row["id"]][3],
            made_up.header()["reasons"]["insults"][language],
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_has_headings_language_and_header_rows(report, language):
    document = docx.Document(report[language, "docx"])
    headings = [p for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert {p.style.name for p in headings} == {"Heading 1", "Heading 2"}
    assert len(headings) > 12
    assert document.core_properties.created.year == 2026
    assert document.core_properties.language == f"{language}-FI"
    for table in document.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert table._tbl.tblPr.xpath("./w:tblCaption")
    with zipfile.ZipFile(report[language, "docx"]) as archive:
        assert f'w:val="{language}-FI"'.encode() in archive.read("word/styles.xml")
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("word/document.xml").count(b"descr=") >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_docx_holds_the_texts(strange, report, language):
    said = "\n".join(p.text for p in docx.Document(report[language, "docx"]).paragraphs)
    for text in texts(strange):
        for line in text.split("\n"):
            assert line.strip("\t") in said


@given(st.text(min_size=0, max_size=40).map(lambda text: clean(text) * 2000))
def test_split_texts_fit_a_cell_and_join_to_the_whole(text):
    pieces = split_text(text)
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= LONGEST_CELL for piece in pieces)


def test_file_names_keep_letters_and_drop_what_no_disk_takes():
    title = {"fi": 'Äänestä: "Ö/ö" \\ <å>?*|\x00.', "sv": "Rösta " + "å" * 300}
    header = made_up.header(participation={**made_up.header()["participation"], "title": title})
    finnish = file_name(header, FilePlan("fi", "pdf", 2))
    assert finnish.startswith("Äänestä Ö ö å - ")
    assert "2" in finnish
    assert finnish.endswith(".pdf")
    assert len(file_name(header, FilePlan("sv", "xlsx")).encode()) < 255


def test_an_unknown_language_or_format_is_refused():
    with pytest.raises(ValueError, match="odt: not one of xlsx"):
        plan_files(["fi"], ["odt"], 0)
    with pytest.raises(ValueError, match="en: not one of fi"):
        plan_files(["en"], ["pdf"], 0)
    assert len(plan_files(["sv", "fi"], ["pdf", "csv"], 3)) == 2 * 4 + 2
