"""`check FILE`: what is wrong with a file, and what is odd about it."""

import argparse
from typing import Any

from budgeting.counting import pabulib


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("check", help="list the errors and warnings of a file")
    parser.add_argument("file", metavar="FILE.pb")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    pabulib.read(arguments.file)
    return 0
