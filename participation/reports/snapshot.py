"""The frozen data set of a report: one NDJSON file, the only input of every file made from it.

Canonical: one JSON object a line, keys sorted, no spaces, UTF-8, "\\n"; first line the header, last line the
end mark, between them one line per contribution in the order of the report. The SHA-256 of the whole file
is the snapshot's hash, printed in every file.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

FORMAT = 1
ENGINE = "1.1"

Row = dict[str, Any]

# Control characters that neither PostgreSQL (NUL) nor XML 1.0 (the rest) can hold, and lone surrogates, which
# no UTF-8 file can.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_PAIR = re.compile("([\ud800-\udbff])([\udc00-\udfff])")


class SnapshotError(ValueError):
    """The file is not a whole snapshot."""


def clean(text: str) -> str:
    """Text as every file can hold it: line ends become LF, unstorable characters U+FFFD, one for one.

    A surrogate pair that arrived as two escapes is joined first, so that no emoji is lost to the rule.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSTORABLE.sub("\ufffd", _LINE_ENDS.sub("\n", _PAIR.sub(_join, text)))


def _join(pair: re.Match[str]) -> str:
    high, low = ord(pair[1]) - 0xD800, ord(pair[2]) - 0xDC00
    return chr(0x10000 + (high << 10) + low)


def _clean_all(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _clean_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_all(item) for item in value]
    return value


def canonical(value: Row) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


class SnapshotWriter:
    """Writes header, rows and end mark to an open binary file, hashing as it goes."""

    def __init__(self, target: IO[bytes], header: Row) -> None:
        self._target = target
        self._hash = hashlib.sha256()
        self.rows = 0
        self._write({**header, "type": "header", "format": FORMAT})

    def _write(self, value: Row) -> None:
        line = canonical(_clean_all(value))
        self._hash.update(line)
        self._target.write(line)

    def add(self, row: Row) -> None:
        self._write({**row, "type": "contribution"})
        self.rows += 1

    def finish(self) -> str:
        """Write the end mark and return the snapshot's hash."""
        self._write({"type": "end", "contributions": self.rows})
        return self._hash.hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """A snapshot file on disk, read one line at a time: memory does not grow with the file."""

    path: Path
    header: Row
    sha256: str

    @classmethod
    def open(cls, path: Path) -> "Snapshot":
        """Check that the file is whole and learn its hash.

        Raises SnapshotError when the header or the end mark is missing or the row count differs.
        """
        digest = hashlib.sha256()
        lines, last = 0, b""
        with path.open("rb") as source:
            first = source.readline()
            digest.update(first)
            for line in source:
                digest.update(line)
                lines += 1
                last = line
        header, end = _parse(first, path), _parse(last, path)
        if header.get("type") != "header" or header.get("format") != FORMAT:
            raise SnapshotError(f"{path.name}: the first line must be a header of format {FORMAT}")
        if end.get("type") != "end" or end.get("contributions") != lines - 1:
            raise SnapshotError(
                f"{path.name}: {lines - 1} rows, but the end mark says {end.get('contributions')}"
            )
        return cls(path=path, header=header, sha256=digest.hexdigest())

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[Row]:
        """Contributions in the file's order, or those at places start ≤ place < stop."""
        with self.path.open("rb") as source:
            for line in islice(source, 1 + start, None if stop is None else 1 + stop):
                row: Row = json.loads(line)
                if row["type"] == "contribution":
                    yield row


def _parse(line: bytes, path: Path) -> Row:
    try:
        value: Row = json.loads(line)
    except ValueError as error:
        raise SnapshotError(f"{path.name}: not a snapshot, a line is not JSON") from error
    return value
