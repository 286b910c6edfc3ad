"""The id that ties log lines, audit entries and jobs to one request or one run of a job."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")
_ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")


def current() -> str:
    """The id of what is being served or run now; empty outside both."""
    return _current.get()


def fresh() -> str:
    return uuid.uuid4().hex


def acceptable(value: str) -> bool:
    """Whether an id handed in by a trusted proxy can be written to logs as it is."""
    return _ACCEPTABLE.fullmatch(value) is not None


@contextmanager
def use(value: str) -> Iterator[str]:
    token = _current.set(value)
    try:
        yield value
    finally:
        _current.reset(token)
