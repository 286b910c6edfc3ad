"""PDF by Typst: PDF/A-2a and PDF/UA-1, with the report's own fonts and the snapshot's time.

What people wrote reaches Typst as JSON strings, never as its code. Typst refuses to write a file that breaks
either standard, so a file that exists conforms as far as Typst checks.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

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
from ..glyphs import FONTS, printable

STANDARDS: list[Any] = ["a-2a", "ua-1"]
TEMPLATE = Path(__file__).with_name("report.typ")
WIDEST_CHART = 470
SHORT = 90
MOST_CONTENTS = 45
"""Headings that a list of contents on one page can hold; beyond, it lists chapters only."""
TAGGED_LANGUAGES = frozenset({"fi", "sv"})


def write_pdf(content: Content, target: Path, charts: Mapping[str, str], *, contents: bool = True) -> None:
    """charts: SVG texts by key. contents: whether a list of contents follows the cover."""
    # The wheel takes files by name as well; its types do not say so.
    files: Any = {"main.typ": TEMPLATE.read_bytes()}
    files |= {f"{key}.svg": drawing.encode() for key, drawing in charts.items()}
    front, rest = split_cover(content.blocks)
    described: dict[str, Any] = {
        "language": content.language,
        "title": printable(content.title),
        "short_title": printable(shorten(content.title)),
        "subtitle": printable(content.subtitle),
        "author": printable(content.author),
        "subject": printable(content.subject),
        "notice": content.notice,
        "footer": f"{_('Snapshot')} {content.sha256[:16]}",
        "date": date_of(content.taken_at),
        "contents": _("Contents") if contents else "",
        "contents_depth": 1 if sum(isinstance(block, Heading) for block in rest) > MOST_CONTENTS else 2,
        "front": list(translate(front, charts)),
        "blocks": list(translate(rest, charts)),
    }
    files["content.json"] = json.dumps(described, ensure_ascii=False).encode()
    data = typst.compile(
        files,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
    )
    target.write_bytes(data)


def split_cover(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The cover is what comes before the first heading."""
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            return blocks[:place], blocks[place:]
    return blocks, []


def shorten(title: str) -> str:
    return title if len(title) <= SHORT else title[: SHORT - 1].rstrip() + "…"


def date_of(taken_at: str) -> dict[str, int]:
    taken = dt.datetime.fromisoformat(taken_at).astimezone(dt.UTC)
    names = ("year", "month", "day", "hour", "minute", "second")
    return {name: getattr(taken, name) for name in names}


def translate(blocks: Iterable[Block], charts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        found = one(block, charts)
        if found:
            yield found


def one(block: Block, charts: Mapping[str, str]) -> dict[str, Any] | None:
    match block:
        case Heading(level, text):
            return {"type": "heading", "level": level, "text": printable(text)}
        case Paragraph(text, style):
            return {"type": "paragraph", "text": printable(text), "style": style}
        case Bullets(items):
            return {"type": "bullets", "items": [printable(item) for item in items]}
        case Facts(caption, rows):
            said = [[printable(term), printable(value).split("\n")] for term, value in rows]
            columns = [_("Item"), _("Content")]
            return {"type": "facts", "caption": printable(caption), "columns": columns, "rows": said}
        case Table():
            return table(block)
        case Chart():
            return chart(block, charts)
        case CommentText():
            return comment(block)
        case PageBreak():
            return {"type": "break"}


def table(block: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": printable(block.caption),
        "columns": [printable(column.label) for column in block.columns],
        "numeric": [column.numeric for column in block.columns],
        "rows": [[printable(display(cell)) for cell in row] for row in block.rows],
        "note": printable(block.note),
    }


def chart(block: Chart, charts: Mapping[str, str]) -> dict[str, Any] | None:
    if block.key not in charts:
        return None
    return {
        "type": "chart",
        "file": f"{block.key}.svg",
        "alternative": printable(block.alternative),
        "note": printable(block.note),
        "width": min(WIDEST_CHART, svg_width(charts[block.key]) * 0.75),
    }


def svg_width(drawing: str) -> float:
    return float(drawing.split('width="', 1)[1].split('"', 1)[0])


def comment(block: CommentText) -> dict[str, Any]:
    return {
        "type": "comment",
        "identity": printable(block.identity),
        "title": printable(block.title),
        "details": printable(" · ".join(block.details)),
        "language": block.language if block.language in TAGGED_LANGUAGES else None,
        "paragraphs": paragraphs(printable(block.text)),
        "reply": block.is_reply,
    }


def paragraphs(text: str) -> list[list[str]]:
    """Paragraphs and their lines: a writer's line breaks are kept."""
    return (
        [part.split("\n") for part in text.strip("\n").split("\n\n") if part.strip("\n")]
        if text.strip()
        else []
    )
