"""Who took part, beside who lives there: shares against the profile's population.

Population figures come from the register and have no error of their own; a figure nobody has is missing, not
zero, and whatever would need it is missing too.
"""

from typing import Any

from ..snapshot import Row
from .intervals import ratio_interval
from .tables import Table

TOTAL = "total"
LANGUAGES = ("fi", "sv", "other")


def population_by(header: Row) -> dict[str, dict[str, int]]:
    """{municipality: {language or "total": persons}} without missing figures."""
    result: dict[str, dict[str, int]] = {}
    for row in header["population"]["rows"]:
        if row["persons"] is not None:
            result.setdefault(row["municipality"], {})[row["language"]] = row["persons"]
    return result


def residents(figures: dict[str, int]) -> int | None:
    """Everybody in a municipality: the printed total, or the sum of its languages when all are known."""
    if TOTAL in figures:
        return figures[TOTAL]
    if all(language in figures for language in LANGUAGES):
        return sum(figures[language] for language in LANGUAGES)
    return None


def residents_by_municipality(header: Row) -> dict[str, int]:
    counts = {code: residents(figures) for code, figures in population_by(header).items()}
    return {code: count for code, count in counts.items() if count is not None}


def representation(header: Row, tables: dict[str, Table]) -> dict[str, Any]:
    return {
        "year": header["population"]["year"],
        "source": header["population"]["source"],
        "municipality": by_municipality(header, tables["municipality"]),
        "language": by_language(header, tables["language"]),
    }


def by_municipality(header: Row, table: Table) -> dict[str, Any]:
    """Shares among the municipalities concerned that are shown and whose population is known.

    The others are left out of both shares: the comparison is made of printed figures only, so that it can
    uncover nothing.
    """
    concerned = set(header["participation"]["municipalities"])
    known = residents_by_municipality(header)
    missing = sorted(concerned - set(known))
    if table["withheld"]:
        return {"withheld": True, "rows": [], "missing": missing, "base": None, "population": None}
    rows = [row for row in table["rows"] if row["code"] in concerned]
    compared = [row for row in rows if not row["hidden"] and row["code"] in known]
    base = sum(row["writers"] for row in compared)
    residents_compared = sum(known[row["code"]] for row in compared)
    made = []
    for row in rows:
        persons = known.get(row["code"])
        share = persons / residents_compared if persons and row in compared else None
        made.append(compare(row, base if share else 0, share, persons))
    return {
        "withheld": False,
        "rows": made,
        "missing": missing,
        "base": base,
        "population": residents_compared,
    }


def by_language(header: Row, table: Table) -> dict[str, Any]:
    """Shares of the languages written in, against first languages of the residents concerned."""
    concerned = sorted(header["participation"]["municipalities"])
    figures = population_by(header)
    known = residents_by_municipality(header)
    everybody = (
        sum(known[code] for code in concerned) if concerned and all(c in known for c in concerned) else None
    )
    base = sum(row["writers"] for row in table["rows"] if not row["hidden"]) + table["hidden"]["writers"]
    rows, missing = [], {}
    for row in table["rows"]:
        lacking = [code for code in concerned if row["code"] not in figures.get(code, {})]
        speakers = None if lacking else sum(figures[code][row["code"]] for code in concerned)
        missing[row["code"]] = lacking
        share = speakers / everybody if everybody and speakers is not None else None
        rows.append(compare(row, base, share, speakers))
    return {
        "withheld": table["withheld"],
        "rows": rows,
        "missing": missing,
        "base": base,
        "population": everybody,
    }


def compare(row: dict[str, Any], base: int, expected: float | None, persons: int | None) -> dict[str, Any]:
    """One line of comparison; a hidden group keeps only its population figures."""
    result = {"code": row["code"], "hidden": row["hidden"], "persons": persons, "expected": expected}
    if row["hidden"]:
        return result
    result["writers"] = row["writers"]
    if not base:
        return result
    result["share"] = row["writers"] / base
    if expected:
        low, high = ratio_interval(row["writers"], base, expected)
        result |= {"ratio": row["writers"] / base / expected, "low": low, "high": high}
    return result
