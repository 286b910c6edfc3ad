"""DOCX by python-docx: real heading styles, header rows, language set; the same bytes every time."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import vl_convert
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ..content.blocks import (
    Block,
    Bullets,
    Chart,
    CommentText,
    Content,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    display,
)
from ..glyphs import FONTS

FONT = "Arial"
ACCENT = RGBColor(0x17, 0x49, 0x5E)
SOFT = RGBColor(0x4C, 0x56, 0x60)
REGIONS = {"fi": "fi-FI", "sv": "sv-FI"}
WIDEST = Cm(16)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_docx(content: Content, target: Path, charts: Mapping[str, str]) -> None:
    """charts: SVG texts by key; Word gets them as pictures with a text alternative."""
    vl_convert.register_font_directory(str(FONTS))
    document = docx.Document()
    properties(document, content)
    styles(document, REGIONS[content.language])
    page(document, content)
    document.add_paragraph(content.author, style="Subtitle")
    document.add_paragraph(content.title, style="Title")
    document.add_paragraph(content.subtitle, style="Subtitle")
    document.add_paragraph().add_run(content.notice).bold = True
    for block in content.blocks:
        add(document, block, charts)
    buffer = io.BytesIO()
    document.save(buffer)
    rewrite(buffer, target)


def rewrite(source: io.BytesIO, target: Path) -> None:
    """The same archive without the time of writing, which python-docx puts on every member."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename == "docProps/thumbnail.jpeg":
                continue
            data = (
                without_thumbnail(old.read(member)) if member.filename == "_rels/.rels" else old.read(member)
            )
            info = zipfile.ZipInfo(member.filename, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, data)


def without_thumbnail(relations: bytes) -> bytes:
    """python-docx's template carries a picture of its own first page."""
    start = relations.find(b"<Relationship ", relations.find(b"<Relationships") + 15)
    kept = []
    for part in relations[start:].split(b"<Relationship ")[1:]:
        if b"thumbnail" not in part:
            kept.append(b"<Relationship " + part)
    tail = b"" if kept and kept[-1].endswith(b"</Relationships>") else b"</Relationships>"
    return relations[:start] + b"".join(kept) + tail


def properties(document: Document, content: Content) -> None:
    taken = dt.datetime.fromisoformat(content.taken_at).astimezone(dt.UTC).replace(tzinfo=None)
    core = document.core_properties
    core.title = content.title[:255]
    core.subject = content.subject[:255]
    core.author = core.last_modified_by = content.author[:255]
    core.comments = content.notice
    core.keywords = content.sha256
    core.language = REGIONS[content.language]
    core.created = core.modified = taken
    core.revision = 1


def styles(document: Document, language: str) -> None:
    """One font, the language on every style that has its own, headings in our colour."""
    for name, size in (
        ("Normal", 10.5),
        ("Title", 24),
        ("Subtitle", 13),
        ("Heading 1", 17),
        ("Heading 2", 13),
        ("Caption", 9.5),
    ):
        style = document.styles[name]
        font = style.font
        font.name, font.size = FONT, Pt(size)
        properties_of = style.element.get_or_add_rPr()
        fonts = properties_of.get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        fonts.set(qn("w:cs"), FONT)
        if name != "Normal":
            font.color.rgb = ACCENT
    for node in document.styles.element.iter(qn("w:lang")):
        node.set(qn("w:val"), language)
    document.styles["Normal"].element.get_or_add_rPr().append(lang(language))
    for node in document.settings.element.iter(qn("w:themeFontLang")):
        node.set(qn("w:val"), language)


def lang(code: str) -> Any:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), code)
    return element


def page(document: Document, content: Content) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = f"{content.title} – {content.notice}"
    footer = section.footer.paragraphs[0]
    footer.add_run(f"{_('Snapshot')} {content.sha256[:16]} – ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = footer.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def add(document: Document, block: Block, charts: Mapping[str, str]) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Paragraph(text, style):
            paragraph(document, text, style)
        case CommentText():
            comment(document, block)
        case Chart(key, caption, alternative, note):
            if key in charts:
                picture(document, charts[key], caption, alternative)
                if note:
                    paragraph(document, note, "note")
        case PageBreak():
            document.add_page_break()
        case _:
            add_listing(document, block)


def add_listing(document: Document, block: Block) -> None:
    match block:
        case Bullets(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case Facts(caption, rows):
            table(document, caption, [_("Item"), _("Content")], rows, [False, False])
        case Table():
            headings = [column.label for column in block.columns]
            cells = [[display(cell) for cell in row] for row in block.rows]
            table(document, block.caption, headings, cells, [column.numeric for column in block.columns])
            if block.note:
                paragraph(document, block.note, "note")


def paragraph(document: Document, text: str, style: str) -> None:
    run = document.add_paragraph().add_run(text)
    if style == "note":
        run.font.size, run.font.color.rgb = Pt(9), SOFT
    run.bold = style == "warning" or None


def table(
    document: Document,
    caption: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
) -> None:
    """A table whose first row is marked as its heading and repeats on every page."""
    title = document.add_paragraph(style="Caption")
    title.add_run(caption)
    title.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    made._tbl.tblPr.append(described)
    widths = column_widths(len(headings), wide_last=not any(numeric))
    for line, (row, texts) in enumerate(zip(made.rows, [headings, *rows], strict=True)):
        settings = row._tr.get_or_add_trPr()
        settings.append(OxmlElement("w:cantSplit"))
        if line == 0:
            settings.append(OxmlElement("w:tblHeader"))
            shade(row)
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[place]
            content = cell.paragraphs[0]
            run = content.add_run(text)
            run.font.size = Pt(9)
            run.bold = (line == 0 or place == 0) or None
            if numeric[place]:
                content.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def column_widths(columns: int, *, wide_last: bool) -> list[int]:
    """The first column holds names and gets room; in a table of facts the second one does."""
    first = 0.34 if wide_last else max(0.28, 1 / columns)
    return [int(WIDEST * first)] + [int(WIDEST * (1 - first) / (columns - 1))] * (columns - 1)


def shade(row: Any) -> None:
    for cell in row.cells:
        shading = OxmlElement("w:shd")
        for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EAF0F3")):
            shading.set(qn(name), value)
        cell._tc.get_or_add_tcPr().append(shading)


def picture(document: Document, drawing: str, caption: str, alternative: str) -> None:
    image = io.BytesIO(vl_convert.svg_to_png(drawing, scale=2))
    width = float(drawing.split('width="', 1)[1].split('"', 1)[0])
    shape = document.add_picture(image, width=min(WIDEST, Pt(width * 0.75)))
    described = shape._inline.docPr
    described.set("descr", alternative)
    described.set("title", caption)


def comment(document: Document, block: CommentText) -> None:
    """Author, details and identifier, then the text in its own language."""
    indent = Cm(1) if block.is_reply else None
    first = document.add_paragraph()
    first.paragraph_format.keep_with_next = True
    first.add_run(block.title).bold = True
    for line in (" · ".join(block.details), block.identity):
        if line:
            run = first.add_run(f"\n{line}")
            run.font.size, run.font.color.rgb = Pt(8.5), SOFT
    made = [first]
    for part in [part for part in block.text.split("\n\n") if part.strip()]:
        made.append(document.add_paragraph())
        run = made[-1].add_run(part.strip("\n"))
        if block.language in REGIONS:
            run._r.get_or_add_rPr().append(lang(REGIONS[block.language]))
    for item in made:
        item.paragraph_format.left_indent = indent
        item.paragraph_format.space_after = Pt(3)
    made[-1].paragraph_format.space_after = Pt(12)
