"""`explain FILE PROJECT`: all that a count tells of one project."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from budgeting.counting.commands import asked
from budgeting.counting.commands.count import counted
from budgeting.counting.commands.reasons import explanation
from budgeting.counting.commands.sentences import visible
from budgeting.counting.parameters import ParametersError, Rule


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("explain", help="say why a project is funded or not")
    asked.add_election_options(parser)
    parser.add_argument("project", metavar="PROJECT", help="its id")
    asked.add_rule_options(parser, Rule.GREEDY)
    parser.set_defaults(run=asked.answering(run), parser=parser)


def run(arguments: argparse.Namespace) -> int:
    result = counted(arguments)
    project = next((project for project in result.projects if project.id == arguments.project), None)
    if project is None:
        raise ParametersError(f"the file has no project {arguments.project}")
    if arguments.json:
        json.dump(project.to_dict(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(map(visible, explanation(project))))
    return 0
