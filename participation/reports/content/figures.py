"""The chapters of figures: summary, sections, people, representation, most supported, moderation."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..formats import integer
from ..labels import Labels
from ..limits import BARS_OF_MANY, MOST_BARS
from ..measures import Measures
from .alternatives import bars_alternative, intervals_alternative
from .blocks import Block, Cell, Chart, Column, Gap, Heading, Number, Paragraph, Table
from .comments import comment_text
from .tables import Shown, count_table, heading_of, representation_table, suppression_note, withheld


def summary(labels: Labels, measures: Measures) -> list[Block]:
    period = measures["tables"]["period"]
    caption = _("Contributions by day") if period["key"] == "day" else _("Contributions by week")
    return [
        Heading(1, _("Summary")),
        summary_table(measures["summary"]),
        Paragraph(
            _(
                "A writer is somebody known to be one person within this hearing, by account or by device; "
                "a contribution whose writer is not known counts as a writer of its own. Only contributions "
                "that are published or waiting for moderation are counted. In the tables a reply is counted "
                "like a comment."
            ),
            "note",
        ),
        Heading(2, _("Languages")),
        count_table(labels, measures["tables"]["language"], _("Contributions by language")),
        Heading(2, _("Channels")),
        count_table(labels, measures["tables"]["channel"], _("Contributions by channel")),
        Heading(2, _("When the contributions came")),
        *charted(labels, period, caption),
    ]


def summary_table(counts: dict[str, int]) -> Table:
    lines = [
        (_("Comments and replies"), "contributions"),
        (_("of them comments"), "comments"),
        (_("of them replies"), "replies"),
        (_("Supports"), "supports"),
        (_("Writers as far as known"), "writers"),
        (_("known as one person"), "known_writers"),
        (_("not known, one for each contribution"), "unknown_writers"),
        (_("Persons that the writers say they speak for"), "speaks_for"),
        (_("Only for the preparers"), "for_preparers"),
        (_("Accepted late"), "late"),
        (_("Redacted"), "redacted"),
        (_("Answers by the authority (not counted above)"), "official"),
    ]
    columns = [Column(_("Figure"), numeric=False), Column(_("Number"))]
    return Table("summary", _("Key figures"), columns, [[label, Number(counts[key])] for label, key in lines])


def charted(labels: Labels, table: Shown, caption: str, *, supports: bool = False) -> list[Block]:
    """A chart and its table twin; one group alone, or a table that is withheld, is not drawn."""
    twin = count_table(labels, table, caption, supports=supports)
    drawn = [row for row in table["rows"] if not row["hidden"] and row["contributions"]]
    if table["withheld"] or len(drawn) < 2:
        return [twin]
    note = ""
    if table["key"] not in ("day", "week") and len(table["rows"]) > MOST_BARS:
        note = _("The chart shows the %(count)s largest groups.") % {"count": BARS_OF_MANY}
    return [Chart(table["key"], caption, bars_alternative(labels, table, caption), note), twin]


def by_section(labels: Labels, measures: Measures) -> list[Block]:
    table = measures["tables"]["section"]
    return [
        Heading(1, _("By section")),
        *charted(labels, table, _("Contributions by section"), supports=True),
    ]


def people(labels: Labels, measures: Measures) -> list[Block]:
    tables = measures["tables"]
    return [
        Heading(1, _("Who took part")),
        Paragraph(
            _(
                "Municipality, age class and role are as the writers stated them. Groups of fewer than five "
                "writers are suppressed, and with them as many other groups as it takes that nobody can work "
                "the figures out."
            )
        ),
        Heading(2, _("Municipality")),
        *charted(labels, tables["municipality"], _("Contributions by municipality")),
        Heading(2, _("Age class")),
        *charted(labels, tables["age"], _("Contributions by age class")),
        Heading(2, _("Role")),
        count_table(labels, tables["role"], _("Contributions by role")),
    ]


def representation(labels: Labels, measures: Measures) -> list[Block]:
    shown = measures["representation"]
    if not labels.header["participation"]["municipalities"]:
        return []
    blocks: list[Block] = [
        Heading(1, _("Whom the writers represent")),
        Paragraph(
            _(
                "Population: %(source)s, year %(year)s. The ratio is the share of writers divided by the "
                "share of residents: 1 means that a group took part in proportion to its size. The interval "
                "tells how far the ratio would swing by chance alone, if a group of this size had come from "
                "the population at random. Those who took part chose to take part and are not a sample: "
                "their opinions have no interval and cannot be generalised to all residents."
            )
            % {"source": shown["source"] or _("no data"), "year": shown["year"] or _("no data")}
        ),
    ]
    for key, title in (("municipality", _("Municipalities concerned")), ("language", _("Languages"))):
        blocks.append(Heading(2, title))
        blocks += compared(labels, shown[key], key)
    return blocks


def compared(labels: Labels, shown: Shown, key: str) -> list[Block]:
    captions = {
        "municipality": _("Writers and residents by municipality concerned"),
        "language": _("Writers by language written in, residents by first language"),
    }
    caption = captions[key]
    table = representation_table(labels, shown, key, caption, base_note(shown, key))
    blocks: list[Block] = []
    if any("ratio" in row for row in shown["rows"]):
        name = f"representation_{key}"
        blocks.append(Chart(name, caption, intervals_alternative(labels, shown, key, caption)))
    return [*blocks, table, *missing_population(labels, shown["missing"], key)]


def base_note(shown: Shown, key: str) -> str:
    if shown["base"] is None:
        return ""
    told = {
        "municipality": _(
            "Shares are of %(count)s writers. Municipalities whose figure is suppressed or whose population "
            "is not known are left out of both shares."
        ),
        "language": _("Shares are of %(count)s writers; who wrote in several languages is counted in each."),
    }[key]
    return told % {"count": integer(shown["base"])}


def missing_population(labels: Labels, missing: Any, key: str) -> list[Block]:
    """Which figures are not there; missing is never zero."""
    if key == "municipality":
        lacking = {"": missing} if missing else {}
    else:
        lacking = {labels.code("language", code): places for code, places in missing.items() if places}
    blocks: list[Block] = []
    everybody = len(labels.header["participation"]["municipalities"])
    for what, places in lacking.items():
        named = labels.ordered("municipality", [{"code": code} for code in places])
        names = ", ".join(labels.code("municipality", row["code"]) for row in named)
        told = _("No population figure: %(municipalities)s.") % {"municipalities": names}
        if len(places) == everybody:
            told = _("No population figure for any municipality.")
        blocks.append(Paragraph(f"{what}: {told}" if what else told, "note"))
    return blocks


def most_supported(labels: Labels, measures: Measures) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("Most supported comments"))]
    rows = measures["most_supported"]
    if not rows:
        return [*blocks, Paragraph(_("No comment has been supported."))]
    blocks.append(Heading(2, _("In all languages")))
    blocks += [comment_text(labels, row, listed=True) for row in rows]
    for language, found in measures["most_supported_by_language"].items():
        blocks.append(Heading(2, capfirst(labels.code("language", language))))
        blocks += [comment_text(labels, row, listed=True) for row in found]
    return blocks


def moderation(labels: Labels, measures: Measures) -> list[Block]:
    shown = measures["moderation"]
    columns = [Column(_("State"), numeric=False), Column(_("Contributions"))]
    states: list[list[Cell]] = [
        [labels.code("state", code), Number(count)] for code, count in shown["states"].items()
    ]
    caption = _("Contributions in the snapshot by state")
    blocks: list[Block] = [Heading(1, _("Moderation")), Table("state", caption, columns, states)]
    reasons = shown["reasons"]
    caption = _("Hidden contributions by reason")
    if not shown["hidden_total"]:
        blocks.append(Paragraph(_("No contribution has been hidden.")))
    elif reasons["withheld"]:
        blocks.append(withheld(caption))
    else:
        columns = [Column(heading_of("reason"), numeric=False), Column(_("Contributions"))]
        lines: list[list[Cell]] = [
            [labels.reason(row["code"]), Gap.HIDDEN if row["hidden"] else Number(row["contributions"])]
            for row in reasons["rows"]
        ]
        blocks.append(Table("reason", caption, columns, lines, suppression_note(reasons)))
    return blocks
