"""Turns the plain writing of the content files into what pages store.

Empty lines part paragraphs, `- ` begins a list item, `## ` a heading; `**strong**` and `*stressed*` inside.
Line breaks inside a paragraph stay, because easy language is written one thought per line.
"""

import html
import re
from typing import Any

STRONG = re.compile(r"\*\*(.+?)\*\*")
STRESSED = re.compile(r"\*(.+?)\*")
HEADING = "## "
ITEM = "- "


def rich_text(text: str) -> str:
    """HTML of a rich text field; its own headings are of the third level."""
    return "".join(_block(block) for block in _blocks(text))


def body(text: str) -> list[tuple[str, Any]]:
    """Children of a `BodyBlock`: headings are blocks of their own."""
    children: list[tuple[str, Any]] = []
    running: list[str] = []
    for block in _blocks(text):
        if block.startswith(HEADING):
            children += _text_child(running)
            running = []
            children.append(("heading", block.removeprefix(HEADING)))
        else:
            running.append(block)
    return children + _text_child(running)


def _text_child(blocks: list[str]) -> list[tuple[str, Any]]:
    return [("text", "".join(_block(block) for block in blocks))] if blocks else []


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]


def _block(block: str) -> str:
    if block.startswith(HEADING):
        return f"<h3>{_inline(block.removeprefix(HEADING))}</h3>"
    if block.startswith(ITEM):
        items = [line.removeprefix(ITEM) for line in block.splitlines()]
        return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"
    return "<p>" + "<br/>".join(_inline(line) for line in block.splitlines()) + "</p>"


def _inline(text: str) -> str:
    escaped = html.escape(text, quote=False)
    return STRESSED.sub(r"<i>\1</i>", STRONG.sub(r"<b>\1</b>", escaped))
