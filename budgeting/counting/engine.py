"""Counting from an election and parameters to a result that explains itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.equal_shares.rule import EqualShares, step_of
from budgeting.counting.explanation.equal_shares_outcome import explain_equal_shares
from budgeting.counting.explanation.greedy import GreedyExplanation
from budgeting.counting.explanation.phragmen import PhragmenExplanation
from budgeting.counting.explanation.projects import Describer
from budgeting.counting.greedy import Greedy
from budgeting.counting.measures import measure, money
from budgeting.counting.model import Election
from budgeting.counting.parameters import Completion, Parameters, Rule
from budgeting.counting.phragmen import Phragmen
from budgeting.counting.report import plain
from budgeting.counting.results import Result

# Another one for every change after which some file could be counted or explained differently.
ENGINE_VERSION = "1.0"

# Called during a walk with the share per voter, in units of the currency, and what the outcome costs.
Progress = Callable[[Fraction, Decimal], None]


def count(
    election: Election,
    parameters: Parameters,
    *,
    progress: Progress = lambda share, cost: None,
    electorate: Electorate | None = None,
) -> Result:
    """The outcome of one rule, with the reason for every project.

    Raises ParametersError where the parameters name projects that are not there. `electorate` may be given
    where several rules count the same election.
    """
    contest = Contest(electorate or Electorate(election), parameters)
    if parameters.rule is Rule.EQUAL_SHARES:
        return _finished(contest, _equal_shares(contest, progress))
    if parameters.rule is Rule.PHRAGMEN:
        return _finished(contest, _phragmen(contest))
    return _finished(contest, _greedy(contest))


def _greedy(contest: Contest) -> Result:
    held = Greedy.as_asked(contest).run()
    explanation = GreedyExplanation(held)
    projects = explanation.projects()
    return Result(
        winners=tuple(contest.ids[place] for place in held.bought),
        total_cost=Decimal(0),
        rounds=explanation.rounds(),
        ties=tuple(held.ties),
        projects=Describer(contest).in_order(projects, held.bought),
        measures=measure(contest.electorate, held.bought),
    )


def _phragmen(contest: Contest) -> Result:
    held = Phragmen(contest).run()
    explanation = PhragmenExplanation(held)
    return Result(
        winners=tuple(contest.ids[place] for place in held.bought),
        total_cost=Decimal(0),
        rounds=explanation.rounds(),
        ties=tuple(held.ties),
        projects=Describer(contest).in_order(explanation.projects(), held.bought),
        measures=measure(contest.electorate, held.bought),
    )


def _equal_shares(contest: Contest, progress: Progress) -> Result:
    unit = contest.electorate.election.minor_units

    def tell(share: Fraction, cost: int) -> None:
        progress(share / unit, money(contest.electorate, cost))

    return explain_equal_shares(EqualShares(contest).run(tell))


def _finished(contest: Contest, result: Result) -> Result:
    total = contest.total(tuple(contest.ids.index(winner) for winner in result.winners))
    return replace(
        result,
        total_cost=money(contest.electorate, total),
        parameters=used(contest),
        engine_version=ENGINE_VERSION,
    )


def used(contest: Contest) -> dict[str, Any]:
    """The parameters that the rule read, with what stood for a default of the file's own."""
    parameters, unit = contest.parameters, contest.electorate.election.minor_units
    told: dict[str, Any] = {"rule": parameters.rule, "threshold": parameters.threshold}
    if parameters.rule.is_greedy:
        told["on_misfit"] = parameters.on_misfit
        told["conflicts"] = [sorted(group) for group in parameters.conflicts]
        told["caps"] = {name: money(contest.electorate, cap) for name, cap in parameters.caps.items()}
    if parameters.rule is Rule.EQUAL_SHARES:
        told["utility"] = parameters.utility
        told["start"] = parameters.start
        told["completion"] = parameters.completion
        if parameters.completion is not Completion.NONE:
            told["step"] = step_of(contest) / unit
            told["until"] = parameters.until
        told["compare_greedy"] = parameters.compare_greedy
    told["ties"] = list(contest.ties.keys)
    told["lots"] = list(parameters.lots)
    tree: dict[str, Any] = plain(told)
    return tree
