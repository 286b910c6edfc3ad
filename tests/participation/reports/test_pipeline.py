import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from participation.reports.files import FilePlan
from participation.reports.pipeline import Pipeline, StepError

from . import made_up, measuring

RUN = """
import json, sys
from pathlib import Path
from django.conf import settings
sys.path += json.loads(sys.argv[4])
settings.configure(LOCALE_PATHS=json.loads(sys.argv[3]))
from participation.reports.pipeline import Pipeline
for plan, path in Pipeline(Path(sys.argv[1]), Path(sys.argv[2]), processes=1).run(["fi"], ["csv", "json",
"xlsx"]): print(plan.key, flush=True)
"""


def test_a_killed_run_goes_on_and_gives_the_same_bytes(strange, report, tmp_path):
    paths = json.dumps([str(path) for path in settings.LOCALE_PATHS])
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(strange), str(tmp_path), paths, json.dumps(sys.path)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with run:
        first_made = run.stdout.readline().strip()
        os.killpg(run.pid, signal.SIGKILL)
    assert first_made
    first = next(path for path in tmp_path.iterdir() if path.name.startswith("fi-"))
    written = first.stat().st_mtime_ns
    made = dict(Pipeline(strange, tmp_path).run(["fi"], ["csv", "json", "xlsx"]))
    assert first.stat().st_mtime_ns == written, "what was made is not made again"
    for plan, path in made.items():
        assert path.read_bytes() == report["fi", plan.format].read_bytes()


def test_files_made_already_are_left_out(strange, tmp_path):
    done = FilePlan("fi", "csv")
    made = Pipeline(strange, tmp_path).run(["fi", "sv"], ["csv"], made=lambda plan: plan == done)
    assert [plan for plan, _path in made] == [FilePlan("sv", "csv")]


def test_a_step_that_fails_says_why(strange, tmp_path):
    (tmp_path / "measures.json").write_text('{"volumes": []}')
    with pytest.raises(StepError, match="longest_text"):
        list(Pipeline(strange, tmp_path).run(["fi"], ["csv"]))


def test_a_lost_lease_ends_the_run_and_its_children(strange, tmp_path):
    class Lost(Exception):
        pass

    started = time.monotonic()

    def pulse(done, total):
        if time.monotonic() - started > 1:
            raise Lost

    with pytest.raises(Lost):
        list(Pipeline(strange, tmp_path, pulse=pulse).run(["fi", "sv"], ["pdf", "docx"]))
    for thread in threading.enumerate():
        if thread.name.startswith("ThreadPoolExecutor"):
            thread.join(10)
            assert not thread.is_alive()


def test_sheets_and_json_take_the_same_memory_for_any_number_of_comments(tmp_path):
    """The 10,000-row twin of the 100,000-row figure in the benchmarks."""
    peaks = {}
    for count in (1_000, 10_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        snapshot = folder / "snapshot.ndjson"
        made_up.write(snapshot, made_up.rows(count))
        list(Pipeline(snapshot, folder).run(["sv"], []))
        peaks[count] = {
            kind: measuring.file(snapshot, folder, kind).megabytes for kind in ("xlsx", "csv", "json")
        }
    for kind in ("xlsx", "csv", "json"):
        assert peaks[10_000][kind] - peaks[1_000][kind] < 25, peaks
        assert peaks[10_000][kind] < 200
