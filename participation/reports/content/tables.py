"""Measures as tables to read: headings, units, and what a gap means."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..formats import decimal, integer
from ..labels import Labels
from .blocks import Block, Cell, Column, Gap, Kind, Number, Paragraph, Table

Shown = dict[str, Any]


def heading_of(key: str) -> str:
    return {
        "section": _("Section"),
        "municipality": _("Municipality"),
        "age": _("Age class"),
        "role": _("Role"),
        "language": _("Language"),
        "channel": _("Channel"),
        "day": _("Day"),
        "week": _("Week"),
        "reason": _("Reason for hiding"),
    }[key]


def suppression_note(table: Shown) -> str:
    """How many groups are suppressed and what they hold together: their sum is in the total anyway."""
    hidden = table["hidden"]
    if not hidden["groups"]:
        return ""
    return _("Suppressed: %(groups)s groups, together %(count)s contributions.") % {
        "groups": integer(hidden["groups"]),
        "count": integer(hidden["contributions"]),
    }


def withheld(caption: str) -> Paragraph:
    text = _("%(table)s: the table is not shown, because its groups are too small.") % {"table": caption}
    return Paragraph(text, "note")


def count_table(labels: Labels, table: Shown, caption: str, *, supports: bool = False) -> Block:
    """Writers, contributions and their share by one classification, with the total last."""
    if table["withheld"]:
        return withheld(caption)
    key = table["key"]
    columns = [Column(heading_of(key), numeric=False), Column(_("Writers")), Column(_("Contributions"))]
    columns.append(Column(_("Share of contributions")))
    if supports:
        columns.append(Column(_("Supports")))
    rows: list[Sequence[Cell]] = []
    for row in labels.ordered(key, table["rows"]):
        rows.append([labels.code(key, row["code"]), *figures(row, supports)])
    total = table["total"]
    last: list[Cell] = [_("Total"), Number(total["writers"]), Number(total["contributions"])]
    last.append(Number(1.0, Kind.SHARE) if total["contributions"] else Gap.MISSING)
    if supports:
        last.append(Number(total["supports"]))
    return Table(key, caption, columns, [*rows, last], suppression_note(table))


def figures(row: Shown, supports: bool) -> list[Cell]:
    if row["hidden"]:
        return [Gap.HIDDEN] * (4 if supports else 3)
    share = Gap.MISSING if row["share"] is None else Number(row["share"], Kind.SHARE)
    cells: list[Cell] = [Number(row["writers"]), Number(row["contributions"]), share]
    return [*cells, Number(row["supports"])] if supports else cells


def representation_table(labels: Labels, shown: Shown, key: str, caption: str, note: str) -> Block:
    if shown["withheld"]:
        return withheld(caption)
    columns = [
        Column(heading_of(key), numeric=False),
        Column(_("Residents")),
        Column(_("Expected share")),
        Column(_("Writers")),
        Column(_("Share of writers")),
        Column(_("Ratio")),
        Column(_("Interval (95 per cent)")),
    ]
    rows = [comparison(labels, row, key) for row in labels.ordered(key, shown["rows"])]
    return Table(f"representation_{key}", caption, columns, rows, note)


def comparison(labels: Labels, row: Shown, key: str) -> Sequence[Cell]:
    missing = Gap.MISSING
    persons = missing if row["persons"] is None else Number(row["persons"])
    name = labels.code(key, row["code"])
    if row["hidden"]:
        return [name, persons, *[Gap.HIDDEN] * 5]
    expected = missing if row["expected"] is None else Number(row["expected"], Kind.SHARE)
    start: list[Cell] = [name, persons, expected]
    share = Number(row["share"], Kind.SHARE) if "share" in row else missing
    cells: list[Cell] = [*start, Number(row["writers"]), share]
    if "ratio" not in row:
        return [*cells, missing, missing]
    return [*cells, Number(row["ratio"], Kind.RATIO), interval(row)]


def interval(row: Shown) -> str:
    return f"{decimal(row['low'], 2)}–{decimal(row['high'], 2)}"
