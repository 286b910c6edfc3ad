"""What a chart shows, in words, for those who do not see it; every figure is in the table that follows."""

from django.utils.translation import gettext as _

from ..formats import decimal, integer
from ..labels import Labels
from .tables import Shown


def bars_alternative(labels: Labels, table: Shown, caption: str) -> str:
    """Bar chart: its largest and smallest bar."""
    rows = [row for row in table["rows"] if not row["hidden"]]
    most = max(rows, key=lambda row: row["contributions"])
    least = min(rows, key=lambda row: row["contributions"])
    return _(
        "Bar chart. %(caption)s. Largest: %(most)s, %(most_count)s. Smallest: %(least)s, %(least_count)s. "
        "The figures are in the table below."
    ) % {
        "caption": caption,
        "most": labels.code(table["key"], most["code"]),
        "most_count": integer(most["contributions"]),
        "least": labels.code(table["key"], least["code"]),
        "least_count": integer(least["contributions"]),
    }


def intervals_alternative(labels: Labels, shown: Shown, key: str, caption: str) -> str:
    """Dots with intervals beside the line of even representation."""
    rows = [row for row in shown["rows"] if "ratio" in row]
    above = sum(row["low"] > 1 for row in rows)
    below = sum(row["high"] < 1 for row in rows)
    most = max(rows, key=lambda row: row["ratio"])
    return _(
        "Dot chart with intervals. %(caption)s, ratio. Groups: %(groups)s; above proportion beyond chance: "
        "%(above)s; below proportion beyond chance: %(below)s. Highest: %(most)s, %(ratio)s. The figures are "
        "in the table below."
    ) % {
        "caption": caption,
        "groups": integer(len(rows)),
        "above": integer(above),
        "below": integer(below),
        "most": labels.code(key, most["code"]),
        "ratio": decimal(most["ratio"], 2),
    }
