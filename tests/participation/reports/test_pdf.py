import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from participation.reports.content.blocks import CommentText, Content, Heading
from participation.reports.glyphs import SQUARE, printable
from participation.reports.snapshot import clean
from participation.reports.writers.pdf import write_pdf

LANGUAGES = ("fi", "sv")


def outline_titles(items):
    for item in items:
        if isinstance(item, list):
            yield from outline_titles(item)
        else:
            yield item.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_titled_and_has_language_and_bookmarks(report, language):
    reader = PdfReader(report[language, "pdf"])
    root = reader.trailer["/Root"]
    assert root["/Lang"].lower() == f"{language}-fi"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/StructTreeRoot"]
    title = {"fi": "Palvelulupaus: äänestä ääneen", "sv": "Servicelöftet: ge din röst"}[language]
    assert reader.metadata.title.startswith(title)
    assert len(list(outline_titles(reader.outline))) > 12
    assert reader.metadata.creation_date.isoformat().startswith("2026-11-01T08:15:30")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_declares_both_standards_and_embeds_its_fonts(report, language):
    reader = PdfReader(report[language, "pdf"])
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    fonts = {font for page in reader.pages[:8] for font in page["/Resources"]["/Font"].values()}
    names = {font.get_object()["/BaseFont"].split("+")[-1] for font in fonts}
    assert any(name.startswith("AtkinsonHyperlegibleNext") for name in names)
    for font in fonts:
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in described or "/FontFile3" in described


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_have_header_cells_and_pictures_have_words(report, language):
    reader = PdfReader(report[language, "pdf"])
    kinds, alternatives = [], []
    pending = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while pending:
        node = pending.pop().get_object()
        if not isinstance(node, dict):
            continue
        if "/S" in node:
            kinds.append(node["/S"])
            if node["/S"] == "/Figure":
                alternatives.append(node.get("/Alt", ""))
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        pending += [
            kid for kid in (below if isinstance(below, list) else [below]) if hasattr(kid, "get_object")
        ]
    assert kinds.count("/TH") > 20
    assert kinds.count("/H1") >= 8
    assert len(alternatives) >= 3
    assert all(len(text) > 40 for text in alternatives)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_wrote_is_never_typst_code(report, language):
    pages = PdfReader(report[language, "pdf"]).pages
    said = next(text for text in (page.extract_text() for page in pages) if "#set text" in text)
    assert "#set text(size: 99pt)" in said
    assert "*lihava* $x^2$ @viite <nimi>" in said


def test_characters_that_no_font_has_become_squares():
    assert printable("中文 ja 😀 é ß Ж 👨‍👩‍👧 می‌خواهم") == f"{SQUARE}{SQUARE} ja 😀 é ß Ж 👨‍👩‍👧 می‌خواهم"
    assert printable("\ue000\ufeff") == SQUARE * 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_gives_a_conforming_pdf(tmp_path_factory, text, title):
    """Typst itself refuses what breaks PDF/A-2a or PDF/UA-1."""
    comment = CommentText("1", clean(title), [], clean(text), "other", is_reply=True)
    content = Content("sv", clean(title) or "x", "y", "z", "", "n", "2026-11-01T08:15:30Z", "0" * 64)
    content.blocks = [Heading(1, "Rubrik"), comment]
    target = tmp_path_factory.getbasetemp() / "any.pdf"
    write_pdf(content, target, {}, contents=False)
    assert target.read_bytes().startswith(b"%PDF")
