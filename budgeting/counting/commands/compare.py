"""`compare FILE`: the outcomes of all rules beside each other."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from budgeting.counting import engine, pabulib
from budgeting.counting.commands import asked
from budgeting.counting.commands.count import tell_warnings
from budgeting.counting.commands.progress import ProgressLine
from budgeting.counting.commands.tables import measure_rows, money, table
from budgeting.counting.electorate import Electorate
from budgeting.counting.measures import money as in_currency
from budgeting.counting.model import Election
from budgeting.counting.parameters import Completion, OnMisfit, Rule
from budgeting.counting.results import Result

VARIANTS: dict[str, dict[str, Any]] = {
    "greedy": {"rule": Rule.GREEDY},
    "greedy-stop": {"rule": Rule.GREEDY, "on_misfit": OnMisfit.STOP},
    "greedy-ratio": {"rule": Rule.GREEDY_RATIO},
    "equal-shares": {"rule": Rule.EQUAL_SHARES},
    "equal-shares-add": {"rule": Rule.EQUAL_SHARES, "completion": Completion.ADD},
    "equal-shares-add-greedy": {"rule": Rule.EQUAL_SHARES, "completion": Completion.ADD_GREEDY},
    "phragmen": {"rule": Rule.PHRAGMEN},
}


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("compare", help="count a file by all rules, side by side")
    asked.add_election_options(parser)
    asked.add_equal_shares_options(parser)
    parser.set_defaults(run=asked.answering(run), parser=parser)


def run(arguments: argparse.Namespace) -> int:
    file = pabulib.read(arguments.file)
    tell_warnings(file)
    results = outcomes(arguments, file.election)
    if arguments.json:
        tree = {
            "rules": {name: outcome(result) for name, result in results.items()},
            "input_sha256": file.sha256,
            "engine_version": engine.ENGINE_VERSION,
        }
        json.dump(tree, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print_comparison(file.election, results)
    return 0


def outcomes(arguments: argparse.Namespace, election: Election) -> dict[str, Result]:
    electorate = Electorate(election)
    results = {}
    for name, changes in VARIANTS.items():
        parameters = asked.parameters(arguments, election, **changes)
        if arguments.json:
            results[name] = engine.count(election, parameters, electorate=electorate)
            continue
        with ProgressLine(in_currency(electorate, election.budget)) as progress:
            results[name] = engine.count(election, parameters, progress=progress, electorate=electorate)
    return results


def outcome(result: Result) -> dict[str, Any]:
    tree = result.to_dict()
    return {key: tree[key] for key in ("winners", "total_cost", "measures", "parameters")}


def print_comparison(election: Election, results: dict[str, Result]) -> None:
    columns = [dict(measure_rows(result.measures)) for result in results.values()]
    rows = [(measure, *(column[measure] for column in columns)) for measure in columns[0]]
    print(table(("", *results), rows), end="\n\n")
    scores = {project.id: project.score for project in next(iter(results.values())).projects}
    electorate = Electorate(election)
    by_score = sorted(election.projects, key=lambda project: (-scores[project.id], project.id))
    print(
        table(
            ("id", "cost", *results),
            [
                (
                    project.id,
                    money(in_currency(electorate, project.cost)),
                    *("funded" if project.id in result.winners else "" for result in results.values()),
                )
                for project in by_score
                if any(project.id in result.winners for result in results.values())
            ],
        )
    )
