from collections.abc import Callable, Iterator

import pytest

from portal.jobs import registry, sending
from portal.jobs.attempt import JobRun
from portal.jobs.registry import JobKind


@pytest.fixture
def job_kind() -> Iterator[Callable[..., JobKind]]:
    """Registers kinds of jobs for one test."""
    names = []

    def register(
        handler: Callable[[JobRun], None] = lambda run: None, name: str = "test.work", **options
    ) -> JobKind:
        kind = JobKind(name=name, handler=handler, label="Work", **options)
        registry.register(kind)
        names.append(name)
        return kind

    yield register
    for name in names:
        registry.unregister(name)


@pytest.fixture(autouse=True)
def _broker_forgiven() -> Iterator[None]:
    sending.resume()
    yield
    sending.resume()


@pytest.fixture
def unsent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """No broker takes anything; what was tried is listed."""
    tried: list[int] = []

    def refuse(job_id: int) -> bool:
        tried.append(job_id)
        return False

    monkeypatch.setattr("portal.jobs.services.send", refuse)
    return tried


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The broker takes everything, and no worker runs it; what was sent is listed."""
    taken: list[int] = []

    def take(job_id: int) -> bool:
        taken.append(job_id)
        return True

    monkeypatch.setattr("portal.jobs.services.send", take)
    return taken
