from pathlib import Path

import pytest

from participation.reports.pipeline import Pipeline
from participation.reports.steps import STEPS

from . import made_up


@pytest.fixture(scope="session")
def strange(tmp_path_factory) -> Path:
    """A snapshot of 120 rows with the strangest texts."""
    path = tmp_path_factory.mktemp("snapshot") / "strange.ndjson"
    made_up.write(path, made_up.rows(120))
    return path


@pytest.fixture(scope="session")
def report(strange, tmp_path_factory) -> dict[tuple[str, str], Path]:
    """Every file of its report by (language, format), made once for all tests."""
    folder = tmp_path_factory.mktemp("report")
    made = Pipeline(strange, folder).run(["fi", "sv"], ["xlsx", "csv", "json", "pdf", "docx"])
    return {(plan.language, plan.format): path for plan, path in made}


@pytest.fixture
def steps_at_once(monkeypatch):
    """Runs the steps in this process, for tests of what is around them; `test_pipeline` has real children."""

    def step(self, order, target):
        if not target.exists():
            unfinished = target.with_name(f"{target.name}.unfinished")
            STEPS[order["step"]](self.snapshot, self.folder, unfinished, order)
            unfinished.replace(target)

    monkeypatch.setattr(Pipeline, "_step", step)
