"""Runs the suite: every test on PostgreSQL, those marked `both` on SQLite too, against servers started here.

    python -m scripts.run_tests                      both databases
    python -m scripts.run_tests --only postgresql -- tests/portal/jobs -k lease

DATABASE_URL, REDIS_URL and ELASTICSEARCH_URL in the environment are used instead of starting servers. What
could not run for want of a program is listed at the end; with FAIL_ON_SKIP set it fails the run.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

from scripts import elasticsearch, services

ROOT = Path(__file__).resolve().parents[1]
NO_TESTS_COLLECTED = 5
SERVERS = {
    "REDIS_URL": ("Redis", services.redis),
    "ELASTICSEARCH_URL": ("Elasticsearch", elasticsearch.running),
}
COUNTS = ("tests", "failures", "errors", "skipped")


@dataclass
class Outcome:
    """What the runs of this invocation came to."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    timings: list[tuple[str, float]] = field(default_factory=list)
    failed: bool = False

    def add_results(self, file: Path) -> None:
        if not file.exists():
            self.failed = True
            return
        for suite in ElementTree.parse(file).getroot().iter("testsuite"):
            for name in COUNTS:
                self.counts[name] += int(suite.get(name, 0))

    def tell(self) -> None:
        if self.missing:
            print("\nCould not run on this machine:")
        for line in [*self.missing, *self.notes]:
            print(f"  - {line}")
        print("\nTimings:")
        for name, seconds in self.timings:
            print(f"  {name:<28}{seconds:7.1f} s")
        wrong = self.counts["failures"] + self.counts["errors"]
        passed = self.counts["tests"] - wrong - self.counts["skipped"]
        print(f"\n{passed} passed, {wrong} failed, {self.counts['skipped']} skipped")


def run_pytest(name: str, arguments: list[str], environment: dict, folder: Path, outcome: Outcome) -> None:
    """One pytest process over both cores; a folder of its own, so that nothing of it stays behind."""
    results = folder / f"{name}.xml"
    temporary = folder / f"tmp-{name}"
    temporary.mkdir()
    environment = environment | {"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pytest", f"--junit-xml={results}", *arguments]
    print(f"\n=== Tests on {name} ===", flush=True)
    begun = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    outcome.timings.append((f"tests on {name}", time.monotonic() - begun))
    outcome.add_results(results)
    if code not in (0, NO_TESTS_COLLECTED):
        outcome.failed = True
    if code < 0:
        outcome.missing.append(f"the rest of the tests on {name}: pytest was ended by signal {-code}")
    shutil.rmtree(temporary, ignore_errors=True)


def note_missing(outcome: Outcome) -> None:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        outcome.missing.append("browser tests: no Chromium (Debian package chromium, or CHROMIUM=path)")
    if not os.environ.get("REAL_DATA"):
        outcome.notes.append("REAL_DATA is not set: made-up twins ran instead of the real comments")


def start_servers(stack: contextlib.ExitStack, environment: dict, folder: Path, outcome: Outcome) -> None:
    """One of each for all pytest processes; what they keep there has names of their own."""
    for variable, (name, start) in SERVERS.items():
        if environment.get(variable):
            continue
        try:
            environment[variable] = stack.enter_context(start(folder))
        except (services.ServiceMissing, RuntimeError) as missing:
            outcome.missing.append(f"tests with {name}: {missing}")


def run(only: str | None, arguments: list[str]) -> Outcome:
    outcome = Outcome()
    # A short path: a Unix socket's may not be longer than 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    folder.chmod(0o755)
    environment = dict(os.environ)
    database_given = environment.pop("DATABASE_URL", "")
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        start_servers(stack, environment, folder, outcome)
        if only != "sqlite":
            try:
                address = database_given or stack.enter_context(services.postgresql(folder))
                run_pytest("PostgreSQL", arguments, environment | {"DATABASE_URL": address}, folder, outcome)
            except services.ServiceMissing as missing:
                outcome.missing.append(f"tests on PostgreSQL: {missing}")
        if only != "postgresql":
            run_pytest("SQLite", ["-m", "both", *arguments], environment, folder, outcome)
    note_missing(outcome)
    if os.environ.get("FAIL_ON_SKIP") and outcome.missing:
        outcome.failed = True
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=["postgresql", "sqlite"], help="one database instead of both")
    parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 2, 4))
    parser.add_argument("arguments", nargs="*", help="for pytest, after --")
    options = parser.parse_args()
    # So that the servers started here are stopped too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    arguments = ["-n", str(options.workers), "--dist", "worksteal", *options.arguments]
    outcome = run(options.only, arguments)
    outcome.tell()
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main())
