"""`python -m budgeting.counting`: one module of `commands` per subcommand.

Exit status: 0, 1 (the file is wrong), 2 (the arguments are wrong).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from budgeting.counting.commands import check, compare, count, explain
from budgeting.counting.commands.problems import print_error
from budgeting.counting.pabulib import PabulibError

COMMANDS = (check, count, compare, explain)


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the arguments."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def build_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m budgeting.counting", description="Counts participatory-budgeting votes of .pb files."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Every command gets the same answer to a wrong file: its errors on the error output, and 1."""
    parsed = build_parser().parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
    except PabulibError as error:
        print_error(error)
        return 1
    return status


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # Whoever read the output has seen enough; Python would complain again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
