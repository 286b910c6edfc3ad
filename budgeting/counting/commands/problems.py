"""Errors and warnings of a file, counted and listed."""

import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from budgeting.counting.commands.sentences import place, sentence
from budgeting.counting.pabulib import Code, ErrorCode, PabulibError, Problem, WarningCode


def print_error(error: PabulibError) -> None:
    """Why the file cannot be counted."""
    if error.source:
        print(error.source, file=sys.stderr)
    print_errors(error.problems, error.counts, sys.stderr)


def print_errors(problems: Sequence[Problem], counts: Mapping[Code, int], to: TextIO) -> None:
    own: dict[Code, int] = {code: number for code, number in counts.items() if isinstance(code, ErrorCode)}
    _print("errors", problems, own, to)


def print_warnings(problems: Sequence[Problem], counts: Mapping[Code, int], to: TextIO) -> None:
    own: dict[Code, int] = {code: number for code, number in counts.items() if isinstance(code, WarningCode)}
    _print("warnings", problems, own, to)


def _print(heading: str, problems: Sequence[Problem], counts: Mapping[Code, int], to: TextIO) -> None:
    """How many there are of each code, then each with its place; `problems` may be the first of many."""
    whole = sum(counts.values())
    print(f"{heading}: {whole}", file=to)
    for code, number in sorted(counts.items()):
        print(f"  {number} × {code}", file=to)
    for problem in problems:
        where = place(problem)
        print(f"{where}: {sentence(problem)}" if where else sentence(problem), file=to)
    if whole > len(problems):
        print(f"… and {whole - len(problems)} more", file=to)
