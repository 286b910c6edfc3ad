"""Tables by one classification each, with their small groups suppressed."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from participation.processes.enums import AgeClass, Channel, ContributionLanguage, PlaceOutside, Role

from ..snapshot import Row
from ..suppression import suppress
from .tally import Group, Tally

Table = dict[str, Any]
"""{"key", "withheld", "rows": [{"code", "hidden", and unless hidden the figures}], "hidden": sums
of the hidden rows, "total": sums of all}: plain values, kept as JSON beside the snapshot."""

NOT_SAID = "not_said"


def codes_of(choices: Any) -> list[str]:
    """Codes in the table's order, "not said" last."""
    return [code for code in choices.values if code != NOT_SAID] + [NOT_SAID] * (NOT_SAID in choices.values)


def figures(group: Group, total: Group) -> dict[str, Any]:
    return {
        "writers": group.writers,
        "contributions": group.contributions,
        "share": group.contributions / total.contributions if total.contributions else None,
        "supports": group.supports,
    }


def table(key: str, codes: Sequence[str], counted: Tally) -> Table:
    """A table of one block; codes the snapshot holds beyond the expected ones follow in alphabetical
    order.
    """
    groups = counted.groups[key]
    every = [*codes, *sorted(set(groups) - set(codes))]
    found = suppress([groups.get(code, Group()).writers for code in every])
    return assemble(key, every, groups, counted.everything, found.hidden, found.withheld)


def assemble(
    key: str,
    codes: Sequence[str],
    groups: dict[str, Group],
    total: Group,
    hidden: frozenset[int],
    withheld: bool,
) -> Table:
    rows: list[dict[str, Any]] = []
    for place, code in enumerate(codes):
        seen = {} if place in hidden else figures(groups.get(code, Group()), total)
        rows.append({"code": code, "hidden": place in hidden, **seen})
    hidden_groups = [groups.get(codes[place], Group()) for place in hidden]
    sums = {
        "groups": len(hidden_groups),
        "writers": sum(group.writers for group in hidden_groups),
        "contributions": sum(group.contributions for group in hidden_groups),
        "supports": sum(group.supports for group in hidden_groups),
    }
    whole = {"writers": total.writers, "contributions": total.contributions, "supports": total.supports}
    return {"key": key, "withheld": withheld, "rows": rows, "hidden": sums, "total": whole}


def municipality_table(header: Row, counted: Tally, population: dict[str, int]) -> Table:
    """Municipalities concerned, the authority's others, then the other answers.

    Further groups are suppressed from the smallest population up: an order that no answer can change.
    """
    groups = counted.groups["municipality"]
    concerned = sorted(header["participation"]["municipalities"])
    outside = codes_of(PlaceOutside)
    others = sorted(set(header["municipalities"]) - set(concerned))
    unexpected = sorted(set(groups) - set(concerned) - set(others) - set(outside))
    codes = [*concerned, *others, *unexpected, *outside]
    order = sorted(
        range(len(codes)), key=lambda place: (codes[place] in outside, population.get(codes[place], 0), place)
    )
    found = suppress([groups.get(code, Group()).writers for code in codes], order)
    return assemble("municipality", codes, groups, counted.everything, found.hidden, found.withheld)


def all_tables(header: Row, counted: Tally, population: dict[str, int]) -> dict[str, Table]:
    parts = [part["id"] for part in sorted(header["parts"], key=lambda part: part["order"])]
    whole = [""] if "" in counted.groups["section"] or not parts else []
    return {
        "section": table("section", whole + parts, counted),
        "municipality": municipality_table(header, counted, population),
        "age": table("age", codes_of(AgeClass), counted),
        "role": table("role", codes_of(Role), counted),
        "language": table("language", codes_of(ContributionLanguage), counted),
        "channel": table("channel", codes_of(Channel), counted),
        "period": period_table(counted),
    }


MOST_DAYS = 92


def period_table(counted: Tally) -> Table:
    """Days, or weeks when there are more than 92 days; never both, since the one would uncover the other.

    Every period from the first to the last is there: one without contributions is a zero, not a gap.
    """
    days = counted.groups["day"]
    if not days:
        return table("day", [], counted)
    first, last = dt.date.fromisoformat(min(days)), dt.date.fromisoformat(max(days))
    if (last - first).days < MOST_DAYS:
        return table("day", dates(first, last, 1), counted)
    return table("week", dates(first - dt.timedelta(days=first.weekday()), last, 7), counted)


def dates(first: dt.date, last: dt.date, step: int) -> list[str]:
    return [(first + dt.timedelta(days=n)).isoformat() for n in range(0, (last - first).days + 1, step)]
