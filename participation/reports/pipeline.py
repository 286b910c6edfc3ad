"""A snapshot made into files, step by step, each step in a child process.

What is there already is not made again: a run that was killed goes on where it stopped, and since every step
gives the same bytes, so does the whole.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings

from .files import FilePlan, plan_files
from .steps import CHARTS, MEASURES, load

ROOT = Path(__file__).resolve().parents[2]
PULSE_SECONDS = 2.0
CHARTED = frozenset({"pdf", "docx"})


class StepError(RuntimeError):
    """A child process ended without its file; the message is what it said last."""


@dataclass
class Pipeline:
    """The making of one snapshot's files in one folder.

    pulse(done, total) is called between steps and at least every few seconds; what it raises ends the run and
    its children.
    """

    snapshot: Path
    folder: Path
    pulse: Callable[[int, int], None] = field(default=lambda done, total: None)
    processes: int = 2
    _done: int = 0
    _total: int = 1
    _stop: Event = field(default_factory=Event)

    def run(
        self, languages: list[str], formats: list[str], made: Callable[[FilePlan], bool] = lambda plan: False
    ) -> Iterator[tuple[FilePlan, Path]]:
        """Make every file of the report that is not made already; yields each as it is ready."""
        try:
            with ThreadPoolExecutor(self.processes) as pool:
                self._one(pool, {"step": "measures"}, MEASURES)
                plans = plan_files(languages, formats, len(load(self.folder / MEASURES)["volumes"]))
                wanted = [plan for plan in plans if not made(plan)]
                self._total = len(plans) + 2
                self._done = self._total - len(wanted) - 1
                if drawn := sorted({plan.language for plan in wanted if needs_charts(plan)}):
                    self._one(pool, {"step": "charts", "languages": drawn}, CHARTS)
                self._done += 1
                files = {
                    pool.submit(self._step, order_of(plan), self.folder / plan.key): plan for plan in wanted
                }
                for plan in self._finished(files):
                    self._done += 1
                    yield plan, self.folder / plan.key
                self.pulse(self._done, self._total)
        finally:
            self._stop.set()

    def _one(self, pool: ThreadPoolExecutor, order: dict[str, Any], name: str) -> None:
        for _path in self._finished({pool.submit(self._step, order, self.folder / name): name}):
            self.pulse(self._done, self._total)

    def _finished(self, started: dict[Future[None], Any]) -> Iterator[Any]:
        """What each future stands for, as they end; an error stops the others."""
        waiting = set(started)
        try:
            while waiting:
                ended, waiting = wait(waiting, timeout=PULSE_SECONDS, return_when=FIRST_COMPLETED)
                self.pulse(self._done, self._total)
                for future in ended:
                    future.result()
                    yield started[future]
        except BaseException:
            self._stop.set()
            for future in waiting:
                future.cancel()
            raise

    def _step(self, order: dict[str, Any], target: Path) -> None:
        if target.exists() or self._stop.is_set():
            return
        order = {
            **order,
            "parent": os.getpid(),
            "snapshot": str(self.snapshot),
            "folder": str(self.folder),
            "target": str(target),
            "import_paths": sys.path,
            "locale_paths": [str(path) for path in settings.LOCALE_PATHS],
        }
        command = [sys.executable, "-m", "participation.reports.child"]
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        pending: str | None = json.dumps(order)
        while True:
            try:
                _out, errors = child.communicate(pending, timeout=PULSE_SECONDS)
                break
            except subprocess.TimeoutExpired:
                pending = None
                if self._stop.is_set():
                    child.kill()
        if child.returncode and not self._stop.is_set():
            last = errors.strip().splitlines()[-1] if errors.strip() else f"exit code {child.returncode}"
            raise StepError(f"{target.name}: {last}")


def needs_charts(plan: FilePlan) -> bool:
    return plan.format in CHARTED and not plan.volume


def order_of(plan: FilePlan) -> dict[str, Any]:
    return {"step": "file", "language": plan.language, "format": plan.format, "volume": plan.volume}
