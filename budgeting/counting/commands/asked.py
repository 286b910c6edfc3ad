"""The options that `count`, `compare` and `explain` share, and the parameters that they mean."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

from budgeting.counting.model import Election
from budgeting.counting.parameters import (
    Completion,
    OnMisfit,
    Parameters,
    ParametersError,
    Rule,
    Start,
    Until,
    Utility,
)
from budgeting.counting.ties import TieKey

FROM_FILE = "file"
DECIMAL = re.compile(r"[0-9]{1,18}(?:[.,][0-9]{1,18})?")


def add_election_options(parser: argparse.ArgumentParser) -> None:
    """What every rule reads."""
    parser.add_argument("file", metavar="FILE.pb")
    parser.add_argument(
        "--threshold",
        metavar="N|file",
        help="leave out projects with a score below N, or below min_project_score_threshold of the file",
    )
    parser.add_argument(
        "--ties",
        metavar="LIST",
        default=str(TieKey.ID),
        help=f"criteria among equals, of {', '.join(TieKey)}; id is always the last",
    )
    parser.add_argument("--lots", metavar="FILE", help="one project id per line, the first wins")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def add_equal_shares_options(parser: argparse.ArgumentParser) -> None:
    options = parser.add_argument_group("Equal Shares")
    choices(options, "--utility", Utility, Utility.COST, "what a project is worth: value × cost, or value")
    choices(options, "--start", Start, Start.EXACT, "the first share: budget/voters, or whole units of it")
    options.add_argument("--step", metavar="N", help="raise the share by N units of the currency")
    choices(options, "--until", Until, Until.EXHAUSTIVE, "where raising the share ends")


def add_rule_options(parser: argparse.ArgumentParser, default: Rule | None = None) -> None:
    """One rule, with all its options; without a default it has to be named."""
    choices(parser, "--rule", Rule, default, "how to count", required=default is None)
    choices(parser, "--on-misfit", OnMisfit, OnMisfit.SKIP, "greedy: pass by what does not fit, or end there")
    add_equal_shares_options(parser)
    choices(parser, "--completion", Completion, Completion.NONE, "Equal Shares: what to do with the rest")
    parser.add_argument(
        "--compare-greedy",
        action="store_true",
        help="Equal Shares: take greedy's outcome if more voters have more supported winners there",
    )


def choices(
    parser: Any, option: str, kind: type[StrEnum], default: StrEnum | None, text: str, required: bool = False
) -> None:
    parser.add_argument(
        option, choices=[str(item) for item in kind], default=default, required=required, help=text
    )


def parameters(arguments: argparse.Namespace, election: Election, **changes: Any) -> Parameters:
    """`changes` stand in the place of options that the command does not have."""
    given = vars(arguments) | changes
    return Parameters(
        rule=Rule(given["rule"]),
        on_misfit=OnMisfit(given.get("on_misfit", OnMisfit.SKIP)),
        threshold=threshold(arguments.threshold, election),
        utility=Utility(given["utility"]),
        start=Start(given["start"]),
        step=step(arguments.step, election),
        until=Until(given["until"]),
        completion=Completion(given.get("completion", Completion.NONE)),
        compare_greedy=given.get("compare_greedy", False),
        ties=ties(arguments.ties),
        lots=lots(arguments.lots),
    )


def number(option: str, text: str) -> Fraction:
    if not DECIMAL.fullmatch(text):
        raise ParametersError(f"{option} is {text!r}; it must be a decimal number, not below 0")
    return Fraction(text.replace(",", "."))


def threshold(text: str | None, election: Election) -> Fraction | None:
    if text == FROM_FILE:
        return election.score_threshold
    return None if text is None else number("--threshold", text)


def step(text: str | None, election: Election) -> Fraction | None:
    """In minor units."""
    return None if text is None else number("--step", text) * election.minor_units


def ties(text: str) -> tuple[TieKey, ...]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in set(TieKey):
            raise ParametersError(f"--ties has {name!r}; it must be a list of {', '.join(TieKey)}")
    if TieKey.ID in names[:-1]:
        raise ParametersError("--ties has criteria after id, which decides every tie; id must be the last")
    return tuple(TieKey(name) for name in names)


def lots(path: str | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ParametersError(f"--lots {path} cannot be read: {error}") from error
    return tuple(line.strip() for line in lines if line.strip())


def answering(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Parameters that cannot be meant get one sentence and the status 2."""

    def answer(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except ParametersError as error:
            parser: argparse.ArgumentParser = arguments.parser
            parser.exit(2, f"{parser.prog}: {error}\n")

    return answer


__all__: Sequence[str] = (
    "add_election_options",
    "add_equal_shares_options",
    "add_rule_options",
    "answering",
    "parameters",
)
