"""Snapshot → figures. Plain values, so that they can be kept as JSON and read by every file's own process."""

from typing import Any

from ..limits import MOST_IN_DOCUMENT
from ..snapshot import Snapshot
from ..suppression import suppress
from .representation import representation, residents_by_municipality
from .tables import all_tables
from .tally import Tally, public_row, ranked, tally

__all__ = ["Measures", "measure"]

Measures = dict[str, Any]


def measure(snapshot: Snapshot) -> Measures:
    counted = tally(snapshot.rows())
    header = snapshot.header
    tables = all_tables(header, counted, residents_by_municipality(header))
    rows = sum(counted.states.values())
    return {
        "sha256": snapshot.sha256,
        "summary": summary(counted),
        "tables": tables,
        "representation": representation(header, tables),
        "moderation": moderation(counted, header.get("reasons", {})),
        "most_supported": [public_row(row) for row in ranked(counted.supported)],
        "most_supported_by_language": {
            language: [public_row(row) for row in ranked(heap)]
            for language, heap in sorted(counted.supported_by_language.items())
        },
        "longest_text": counted.longest_text,
        "rows": rows,
        "volumes": counted.volumes if rows > MOST_IN_DOCUMENT else [],
    }


def summary(counted: Tally) -> dict[str, int]:
    whole = counted.everything
    return {
        "contributions": whole.contributions,
        "comments": whole.contributions - counted.replies,
        "replies": counted.replies,
        "supports": whole.supports,
        "writers": whole.writers,
        "known_writers": len(whole.known),
        "unknown_writers": whole.unknown_writers,
        "speaks_for": counted.speaks_for,
        "for_preparers": counted.for_preparers,
        "late": counted.late,
        "redacted": counted.redacted,
        "official": counted.official,
    }


def moderation(counted: Tally, reasons: dict[str, Any]) -> dict[str, Any]:
    """How many are in each state, and why those hidden are; small reasons suppressed like any group."""
    codes = sorted({*reasons, *counted.reasons})
    found = suppress([counted.reasons[code] for code in codes])
    hidden = counted.states.get("hidden", 0)
    rows = [
        {"code": code, "hidden": place in found.hidden}
        | ({} if place in found.hidden else {"contributions": counted.reasons[code]})
        for place, code in enumerate(codes)
    ]
    suppressed = sum(counted.reasons[codes[place]] for place in found.hidden)
    return {
        "states": dict(sorted(counted.states.items())),
        "hidden_total": hidden,
        "reasons": {
            "withheld": found.withheld,
            "rows": rows,
            "hidden": {"groups": len(found.hidden), "contributions": suppressed},
        },
    }
