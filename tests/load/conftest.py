"""`make bench`: every figure beside its baseline, measured in the same run, and the bar it has to reach."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

FIGURES = pytest.StashKey[list]()


@dataclass(frozen=True)
class Figure:
    work: str
    measured: str
    baseline: str
    bar: str
    reached: bool

    def line(self) -> str:
        verdict = "ok" if self.reached else "MISSED"
        return f"{self.work:<70}{self.measured:>22}{self.baseline:>26}  {self.bar:<30}{verdict}"


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[..., None]:
    """figure(work, measured, bar, reached, baseline="") puts a row in the table.

    A bar missed fails at the end.
    """
    figures = request.config.stash[FIGURES]
    own: list[Figure] = []

    def add(work: str, measured: str, bar: str, reached: bool, baseline: str = "–") -> None:
        own.append(Figure(work, measured, baseline, bar, reached))
        figures.append(own[-1])

    yield add
    missed = [row.work for row in own if not row.reached]
    assert not missed, f"bars missed: {', '.join(missed)}"


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    rows = config.stash[FIGURES]
    if rows:
        terminalreporter.section("figures")
        terminalreporter.write_line(f"{'work':<70}{'measured':>22}{'baseline':>26}  {'bar':<30}")
        for row in rows:
            terminalreporter.write_line(row.line())
