"""`check FILE`: what is wrong with a file, and what is odd about it."""

import argparse
import sys
from typing import Any

from budgeting.counting import pabulib
from budgeting.counting.commands.problems import print_errors, print_warnings


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("check", help="count and list the errors and warnings of a file")
    parser.add_argument("file", metavar="FILE.pb")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """1 where there are errors; warnings alone are 0, since the file can be counted."""
    try:
        file = pabulib.read(arguments.file)
    except pabulib.PabulibError as error:
        print_errors(error.problems, error.counts, sys.stdout)
        print_warnings(error.warnings, error.counts, sys.stdout)
        return 1
    election = file.election
    print(f"{len(election.projects)} projects, {len(election.ballots)} votes ({election.vote_type})")
    print_errors((), {}, sys.stdout)
    print_warnings(file.warnings, file.warning_counts, sys.stdout)
    return 0
