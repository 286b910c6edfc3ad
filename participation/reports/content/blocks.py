"""What a report says, before it is a PDF, a Word document or a sheet: blocks in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext as _

from ..formats import decimal, integer, percent


class Kind(Enum):
    """How a number is written."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"


@dataclass(frozen=True)
class Number:
    value: float
    kind: Kind = Kind.COUNT


class Gap(Enum):
    """A figure that is not there, and why."""

    HIDDEN = "hidden"
    MISSING = "missing"


Cell = str | Number | Gap


def display(cell: Cell) -> str:
    """A cell as it is read, in the active language."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Gap):
        return _("suppressed") if cell is Gap.HIDDEN else _("no data")
    if cell.kind is Kind.SHARE:
        return percent(cell.value)
    return decimal(cell.value, 2) if cell.kind is Kind.RATIO else integer(int(cell.value))


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str
    style: str = "normal"
    """normal, lead, note or warning"""


@dataclass(frozen=True)
class Bullets:
    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Terms and what is said of each: a table whose first column is headings."""

    caption: str
    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    label: str
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """The first cell of a row is the row's heading."""

    key: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture made by `charts`, named there by `key`; its table twin is the block that follows."""

    key: str
    caption: str
    alternative: str
    note: str = ""


@dataclass(frozen=True)
class CommentText:
    """One contribution as a reader meets it."""

    identity: str
    title: str
    details: Sequence[str]
    text: str
    language: str
    is_reply: bool
    is_hidden: bool = False


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Facts | Table | Chart | CommentText | PageBreak


@dataclass
class Content:
    """A document: its properties and its blocks."""

    language: str
    title: str
    subtitle: str
    author: str
    subject: str
    notice: str
    taken_at: str
    sha256: str
    blocks: list[Block] = field(default_factory=list)
