"""JSON: header, figures and every contribution, streamed; codes as in the snapshot, their words beside
them.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..content.blocks import Content
from ..labels import CHOICES, COLUMN_LABELS, Labels
from ..measures import Measures
from ..measures.tally import COUNTED
from ..snapshot import Row

LEFT_OUT = ("most_supported", "most_supported_by_language", "longest_text")
SHOWN_OF_HIDDEN = ("id", "state", "reason")


def write_json(
    content: Content, measures: Measures, rows: Iterable[Row], labels: Labels, target: Path
) -> None:
    described = {
        "language": content.language,
        "title": content.title,
        "notice": content.notice,
        "snapshot": {"sha256": content.sha256, "header": labels.header},
        "labels": words(labels),
        "measures": {key: value for key, value in measures.items() if key not in LEFT_OUT}
        | {
            "most_supported": [row["id"] for row in measures["most_supported"]],
            "most_supported_by_language": {
                language: [row["id"] for row in found]
                for language, found in measures["most_supported_by_language"].items()
            },
        },
    }
    with target.open("w", encoding="utf-8", newline="\n") as output:
        output.write(dumps(described)[:-1])
        output.write(',"contributions":[')
        for number, row in enumerate(rows):
            output.write(("," if number else "") + "\n" + dumps(shown(row)))
        output.write("\n]}\n")


def shown(row: Row) -> Row:
    """The row as it is in the snapshot; of a hidden one identifier, state and reason only."""
    if row["state"] not in COUNTED:
        return {name: row[name] for name in SHOWN_OF_HIDDEN}
    return {name: value for name, value in row.items() if name != "type"}


def words(labels: Labels) -> dict[str, Any]:
    """Names of fields and codes in the language of the file."""
    found: dict[str, Any] = {
        kind: {code: str(label) for code, label in choices.choices} for kind, choices in CHOICES.items()
    }
    found["municipality"] |= labels.municipalities
    return found | {
        "section": labels.parts,
        "reason": labels.reasons,
        "fields": {name: str(label) for name, label in COLUMN_LABELS.items()},
    }


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
