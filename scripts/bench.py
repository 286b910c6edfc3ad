"""`make bench`: the figures the portal has to reach, each beside its baseline, on a PostgreSQL started here.

Rows are functions in tests/load/bench_*.py that take the fixture `figure`.
"""

import sys

from scripts import run_tests


def main() -> int:
    arguments = ["-o", "python_files=bench_*.py", "-p", "no:randomly", "-n", "0", "-q", "tests/load"]
    outcome = run_tests.run("postgresql", [*arguments, *sys.argv[1:]])
    outcome.tell()
    return 1 if outcome.failed else 0


if __name__ == "__main__":
    sys.exit(main())
