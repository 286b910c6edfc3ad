"""Results as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from budgeting.counting.commands.sentences import visible
from budgeting.counting.measures import Measures
from budgeting.counting.results import ProjectResult


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns of equal width; numbers to the right."""
    lines = [list(headings), *([visible(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    numeric = [
        all(line[column][:1] in "0123456789-–" for line in lines[1:]) for column in range(len(headings))
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in lines
    )


def money(amount: Decimal) -> str:
    return f"{amount:,f}".replace(",", " ")


def decimal(number: Fraction | int | None, places: int = 2) -> str:
    if number is None:
        return "–"
    return str(number) if number == int(number) else f"{float(number):.{places}f}"


def percent(number: Fraction | None) -> str:
    return "–" if number is None else f"{float(number * 100):.1f} %"


def name(project: ProjectResult, width: int = 48) -> str:
    text = " ".join(project.name.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def measure_rows(measures: Measures) -> list[tuple[str, str]]:
    """The measures of an outcome in words, for one rule or many beside each other."""
    rows = [
        ("spent", money(measures.spent)),
        ("budget used", percent(measures.budget_used)),
        ("winners", str(measures.winners)),
        ("voters without a winner", f"{measures.voters_without_winner}"),
        ("exclusion ratio", percent(measures.exclusion_ratio)),
        ("mean supported winners", decimal(measures.mean_supported_winners)),
    ]
    share = measures.share
    rows.append(("share per voter", decimal(share.final) if share else "–"))
    return rows
