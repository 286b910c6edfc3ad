"""`count FILE --rule RULE`: the outcome of one rule, and why."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from typing import Any

from budgeting.counting import engine, pabulib
from budgeting.counting.commands import asked
from budgeting.counting.commands.progress import ProgressLine
from budgeting.counting.commands.reasons import reason_sentence
from budgeting.counting.commands.sentences import visible
from budgeting.counting.commands.tables import decimal, measure_rows, money, name, table
from budgeting.counting.electorate import Electorate
from budgeting.counting.measures import money as in_currency
from budgeting.counting.results import ProjectResult, Result


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("count", help="count a file by one rule")
    asked.add_election_options(parser)
    asked.add_rule_options(parser)
    parser.set_defaults(run=asked.answering(run), parser=parser)


def run(arguments: argparse.Namespace) -> int:
    result = counted(arguments)
    if arguments.json:
        json.dump(result.to_dict(), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    print_result(result)
    return 0


def counted(arguments: argparse.Namespace) -> Result:
    """The file counted as the arguments say; a progress line where a person is waiting for a table."""
    file = pabulib.read(arguments.file)
    tell_warnings(file)
    parameters = asked.parameters(arguments, file.election)
    if arguments.json:
        return replace(engine.count(file.election, parameters), input_sha256=file.sha256)
    electorate = Electorate(file.election)
    with ProgressLine(in_currency(electorate, file.election.budget)) as progress:
        result = engine.count(file.election, parameters, progress=progress, electorate=electorate)
    return replace(result, input_sha256=file.sha256)


def tell_warnings(file: pabulib.PabulibFile) -> None:
    if number := sum(file.warning_counts.values()):
        print(f"warnings: {number} (the command check lists them)", file=sys.stderr)


def print_result(result: Result) -> None:
    told = [f"{key} {shown(value)}" for key, value in result.parameters.items() if value not in (None, [])]
    print(visible(", ".join(told)), end="\n\n")
    print_winners(result)
    print_losers([project for project in result.projects if not project.funded])
    for tie in result.ties:
        if tie.adopted:
            equal = ", ".join(tie.projects)
            print(visible(f"tie in round {tie.round} between {equal}: {tie.chosen} by {tie.decided_by}"))
    print("\n" + table(("outcome", ""), measure_rows(result.measures)))
    print(f"\ninput sha256 {result.input_sha256}, engine {result.engine_version}")


def print_winners(result: Result) -> None:
    projects = {project.id: project for project in result.projects}
    rows = []
    for number, winner in enumerate(result.winners, 1):
        project = projects[winner]
        votes, score, price = str(project.supporters), decimal(project.score), decimal(project.price)
        rows.append((str(number), winner, money(project.cost), votes, score, price, name(project)))
    print(table(("", "id", "cost", "votes", "score", "price per vote", "name"), rows))


def print_losers(losers: list[ProjectResult]) -> None:
    """Those with the most votes first, each with its reason."""
    losers.sort(key=lambda project: (-project.score, project.id))
    rows = [(loser.id, money(loser.cost), decimal(loser.score), reason_sentence(loser)) for loser in losers]
    if rows:
        print("\nnot funded\n" + table(("id", "cost", "score", "why"), rows))


def shown(value: object) -> str:
    if isinstance(value, dict) and "exact" in value:
        return str(value["exact"])
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
