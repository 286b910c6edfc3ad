"""Log lines that carry the request id and no personal data.

Masked wherever they stand, also in what libraries log: e-mail addresses, network addresses, Finnish identity
codes, telephone numbers, query strings, and path segments that look like receipt codes or tokens. A database
or validation error shows its class, with SQLSTATE and constraint: its text may quote a row.
"""

import logging
import re
import traceback
from datetime import UTC, datetime
from itertools import pairwise
from types import TracebackType

from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError

from . import request_id

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_CODE_PREFIX = re.compile(
    r"(/(?:kuitti|vahvistus|vastaanottovahvistus|kvitto|kvittens|mottagningsbekraftelse|receipt|key)/)[^/\s\"'?]+",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"(?<=/)[A-Za-z0-9_:.~=%-]{16,}(?=[/\s\"'?,)]|$)")
_MASKS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@<>\"'(),;:/=]+@[^\s@<>\"'(),;:/]+\.[^\s@<>\"'(),;:/.]+"), "[e-mail]"),
    (re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b"), "[identity code]"),
    (re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", re.IGNORECASE), "[address]"),
    (
        re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){1,6}:(?:[0-9a-f]{1,4}:?){1,6}(?![\w:])", re.IGNORECASE),
        "[address]",
    ),
    (re.compile(r"(?<![\w.-])(?:\+358|0)[ -]?\d{1,3}(?:[ -]?\d{2,4}){2,3}(?![\w.-])"), "[telephone]"),
    (re.compile(r"(?<=[\w/])\?[^\s\"'>)]*=[^\s\"'>)]*"), "?[query]"),
)


def _looks_secret(segment: str) -> bool:
    """Codes and tokens mix letters and digits or carry capitals or signatures; slugs, public ids do not."""
    if _UUID.fullmatch(segment):
        return False
    plain = re.sub(r"[^A-Za-z0-9]", "", segment)
    if len(plain) < 16:
        return False
    changes = sum(a.isdigit() != b.isdigit() for a, b in pairwise(plain))
    return changes >= 3 or plain.lower() != plain or ":" in segment


def _mask_segment(match: re.Match[str]) -> str:
    return "[code]" if _looks_secret(match.group()) else match.group()


def mask(text: str) -> str:
    """The text without anything that could point at a person."""
    text = _CODE_PREFIX.sub(r"\1[code]", text)
    text = _SEGMENT.sub(_mask_segment, text)
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


def _error_line(error: BaseException) -> str:
    name = type(error).__qualname__
    if isinstance(error, ValidationError):
        return name
    if isinstance(error, DatabaseError) or type(error).__module__.startswith(("psycopg", "sqlite3")):
        cause = error.__cause__ or error
        diagnostic = getattr(cause, "diag", None)
        facts = [getattr(cause, "sqlstate", None), getattr(diagnostic, "constraint_name", None)]
        facts.append(getattr(cause, "sqlite_errorname", None))
        return " ".join([name, *(fact for fact in facts if fact)])
    first = str(error).partition("\n")[0][:200]
    return f"{name}: {mask(first)}" if first else name


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.current() or "-"
        return True


class LineFormatter(logging.Formatter):
    """`2026-11-30T14:15:00Z INFO portal.request 5f… GET /fi/kuulemiset/ 200 12 ms`, one line per record."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        identifier = getattr(record, "request_id", "-")
        message = mask(record.getMessage()).replace("\r", "\\r").replace("\n", "\\n")
        line = f"{moment} {record.levelname} {record.name} {identifier} {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(self, ei: ExceptionInfo) -> str:
        error = ei[1]
        if error is None:
            return ""
        lines: list[str] = []
        seen: set[int] = set()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            for frame in traceback.extract_tb(error.__traceback__):
                lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}")
            lines.append(f"  {_error_line(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)
