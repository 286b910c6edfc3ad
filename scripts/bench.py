"""`make bench`: the figures the portal has to reach, each beside its baseline, on a PostgreSQL started here.

Rows are functions in tests/load/bench_*.py that take the fixture `figure`. Those of the search have a run of
their own, `make bench-search` (--search), on both databases. Real comments and votes are used where they are
beside us.
"""

import os
import signal
import sys

from scripts import run_tests

SEARCH = "tests/load/search"
DATA = run_tests.ROOT.parent / "shared" / "data"


def main() -> int:
    given = sys.argv[1:]
    # So that the servers started here are stopped too.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    arguments = ["-o", "python_files=bench_*.py", "-p", "no:randomly", "-n", "0", "-q", "--show-capture=no"]
    if DATA.is_dir():
        os.environ.setdefault("REAL_DATA", str(DATA))
    if "--search" in given:
        given.remove("--search")
        outcome = run_tests.run(None, [*arguments, SEARCH, *given])
    else:
        outcome = run_tests.run("postgresql", [*arguments, "tests/load", f"--ignore={SEARCH}", *given])
    outcome.tell()
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main())
