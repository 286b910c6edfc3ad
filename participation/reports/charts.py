"""Charts as SVG: the same measures and language give the same bytes. Each chart's figures stand in a
table.
"""

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import altair
import vl_convert
from django.utils.translation import gettext as _
from django.utils.translation import override

from .formats import integer
from .labels import Labels
from .limits import BARS_OF_MANY, MOST_BARS
from .measures import Measures
from .snapshot import Row

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
INK, BAR, MARK = "#1b1f24", "#1f5f7a", "#a23b1e"
WIDTH = 430
MOST_LABELS = 12
LINE = 38
MOST_LINES = 3
Lines = list[dict[str, Any]]


def charts(header: Row, measures: Measures, language: str) -> Iterator[tuple[str, str]]:
    """(key, SVG) of every chart that the report's content may call for."""
    vl_convert.register_font_directory(str(FONTS))
    with override(language):
        labels = Labels(header, language)
        for key in ("section", "municipality", "age"):
            yield key, svg(bars(group_lines(labels, measures["tables"][key])))
        period = measures["tables"]["period"]
        yield period["key"], svg(columns(period_lines(labels, period)))
        for key in ("municipality", "language"):
            lines = ratio_lines(labels, measures["representation"][key], key)
            if lines:
                yield f"representation_{key}", svg(ratios(lines))


def group_lines(labels: Labels, table: Row) -> Lines:
    """A line per group; a suppressed one has a word instead of a bar."""
    return [
        {
            "place": place,
            "label": wrapped(labels.code(table["key"], row["code"])),
            "count": 0 if row["hidden"] else row["contributions"],
            "told": _("suppressed") if row["hidden"] else integer(row["contributions"]),
        }
        for place, row in enumerate(drawn(labels.ordered(table["key"], table["rows"])))
    ]


def period_lines(labels: Labels, table: Row) -> Lines:
    """A line per day or week, however many."""
    return [
        {
            "place": place,
            "label": labels.code(table["key"], row["code"]).split("–")[0],
            "count": 0 if row["hidden"] else row["contributions"],
        }
        for place, row in enumerate(table["rows"])
    ]


def drawn(rows: list[Row]) -> list[Row]:
    """All groups, or the largest of those shown when there are more than a page has room for."""
    if len(rows) <= MOST_BARS:
        return rows
    visible = [row for row in rows if not row["hidden"]]
    largest = sorted(visible, key=lambda row: -row["contributions"])[:BARS_OF_MANY]
    chosen = {row["code"] for row in largest}
    return [row for row in rows if row["code"] in chosen]


def ratio_lines(labels: Labels, shown: Row, key: str) -> Lines:
    compared = [row for row in labels.ordered(key, shown["rows"]) if "ratio" in row]
    return [
        {"place": place, "label": wrapped(labels.code(key, row["code"]))}
        | {name: row[name] for name in ("ratio", "low", "high")}
        for place, row in enumerate(compared)
    ]


def wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, LINE, max_lines=MOST_LINES, placeholder=" …")) or label


def named(axis: Any, lines: Lines, **extra: Any) -> Any:
    """The axis of groups: in the table's order, labels on several lines. Values are places, because two
    groups may have the same name."""
    names = json.dumps([line["label"].split("\n") for line in lines], ensure_ascii=False)
    return axis(
        "place:O", title=None, sort=None, axis=altair.Axis(labelExpr=f"{names}[datum.value]", **extra)
    )


def bars(lines: Lines) -> altair.LayerChart:
    """Horizontal bars, one per group, each with its number."""
    base = altair.Chart(altair.Data(values=lines)).encode(
        y=named(altair.Y, lines, labelLimit=320, ticks=False, domain=False),
        x=altair.X("count:Q", axis=None, scale=altair.Scale(zero=True, nice=False)),
    )
    text = base.mark_text(align="left", dx=4, fontSize=12, color=INK).encode(text="told:N")
    return (base.mark_bar(color=BAR, height={"band": 0.7}) + text).properties(
        width=WIDTH, height=altair.Step(row_height(lines))
    )


def row_height(lines: Lines) -> int:
    return 14 + 13 * max((line["label"].count("\n") + 1 for line in lines), default=1)


def columns(lines: Lines) -> altair.Chart:
    """A column per day or week; only some of the days are named, so that names do not run together."""
    step = max(1, -(-len(lines) // MOST_LABELS))
    return (
        altair.Chart(altair.Data(values=lines))
        .mark_bar(color=BAR)
        .encode(
            x=named(
                altair.X, lines, values=list(range(0, len(lines), step)), labelAngle=-40, labelAlign="right"
            ),
            y=altair.Y(
                "count:Q", title=None, axis=altair.Axis(tickMinStep=1, labelExpr=GROUPED, tickCount=5)
            ),
        )
        .properties(width=WIDTH + 160, height=220)
    )


GROUPED = "replace(format(datum.value, ','), ',', '\u00a0')"
COMMA = "replace(format(datum.value, '.1f'), '.', ',')"


def ratios(lines: Lines) -> altair.LayerChart:
    """Dots with intervals; the line at 1 is representation in proportion to the population."""
    base = altair.Chart(altair.Data(values=lines)).encode(
        y=named(altair.Y, lines, labelLimit=320, ticks=False, domain=False)
    )
    x = altair.X(
        "low:Q", title=None, scale=altair.Scale(zero=True), axis=altair.Axis(labelExpr=COMMA, tickCount=6)
    )
    whisker = base.mark_rule(color=BAR, strokeWidth=2).encode(x=x, x2="high:Q")
    dot = base.mark_point(color=BAR, filled=True, size=60, opacity=1).encode(x="ratio:Q")
    even = (
        altair.Chart(altair.Data(values=[{"even": 1}]))
        .mark_rule(color=MARK, strokeDash=[4, 3])
        .encode(x="even:Q")
    )
    return (even + whisker + dot).properties(width=WIDTH, height=altair.Step(row_height(lines)))


def svg(chart: Any) -> str:
    styled = chart.configure(font=FAMILY, background="white").configure_view(stroke=None)
    styled = styled.configure_axis(labelFontSize=12, labelColor=INK, grid=False, labelPadding=6)
    result: str = vl_convert.vegalite_to_svg(styled.to_json())
    return result
