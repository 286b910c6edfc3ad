"""What is said to fund a project is tried: a recount with just that change, and with every smaller one."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting.electorate import Electorate
from budgeting.counting.engine import count
from budgeting.counting.model import Ballot
from budgeting.counting.parameters import Completion, Rule
from budgeting.counting.results import Basis, ReasonCode
from tests.budgeting.counting.elections import elections, parameters
from tests.budgeting.counting.naive import equal_shares, greedy, phragmen
from tests.budgeting.counting.test_against_naive import common

MANY = 60


def funded(election, asked, project):
    """By the naive rules."""
    if asked.rule is Rule.PHRAGMEN:
        return project in phragmen.phragmen(election, **common(asked))[0]
    if asked.rule is Rule.EQUAL_SHARES:
        share = equal_shares.starting_share(election, asked.start)
        return project in equal_shares.count(election, share, asked.utility, **common(asked))[0]
    return project in greedy.greedy(
        election,
        by_ratio=asked.rule is Rule.GREEDY_RATIO,
        on_misfit=asked.on_misfit,
        conflicts=asked.conflicts,
        caps=asked.caps,
        **common(asked),
    )


def at_cost(election, project, cost):
    changed = [replace(other, cost=cost) if other.id == project else other for other in election.projects]
    return replace(election, projects=tuple(changed))


def with_votes(election, asked, project, more):
    if election.vote_type.has_points and asked.rule is Rule.PHRAGMEN:
        extra = [Ballot((project,), (Fraction(1),))] * int(more)
    elif election.vote_type.has_points:
        extra = [Ballot((project,), (Fraction(more),))]
    else:
        extra = [Ballot((project,))] * int(more)
    return replace(election, ballots=(*election.ballots, *extra))


def check_cost(election, asked, result):
    changes, cost = result.least_changes, election.project_by_id[result.id].cost
    lower = {other: funded(at_cost(election, result.id, other), asked, result.id) for other in range(cost)}
    if changes.cheaper_basis is Basis.NEVER:
        assert not any(lower.values())
    else:
        assert changes.cheaper_basis is Basis.EXACT
        highest = max(other for other, holds in lower.items() if holds)
        assert changes.cheaper_by == Decimal(cost - highest) / election.minor_units


def check_votes(election, asked, result):
    changes = result.least_changes
    if changes.more_votes_basis is Basis.NOT_COMPUTED:
        return
    if changes.more_votes_basis is Basis.NEVER:
        assert not funded(with_votes(election, asked, result.id, MANY), asked, result.id)
        return
    assert changes.more_votes_basis is Basis.EXACT
    assert funded(with_votes(election, asked, result.id, changes.more_votes), asked, result.id)
    step = 1 if asked.rule is Rule.PHRAGMEN else Fraction(1, Electorate(election).scale)
    fewer = changes.more_votes - step
    while fewer > 0:
        assert not funded(with_votes(election, asked, result.id, fewer), asked, result.id)
        fewer -= max(step, changes.more_votes / 10)


@settings(max_examples=60, deadline=None)
@given(elections(max_projects=5, max_voters=6), st.data())
@pytest.mark.parametrize("rule", list(Rule))
def test_a_recount_with_the_least_change_funds_the_project(rule, election, data):
    asked = data.draw(parameters(rule, completion=Completion.NONE, compare_greedy=False))(election)
    for result in count(election, asked).projects:
        if result.funded or result.reason.code is ReasonCode.WITHDRAWN:
            assert result.least_changes is None
            continue
        check_cost(election, asked, result)
        check_votes(election, asked, result)
        if rule.is_greedy:
            assert result.least_changes.more_votes_basis is not Basis.NOT_COMPUTED


@settings(max_examples=60, deadline=None)
@given(
    elections(max_projects=5, max_voters=6),
    parameters(Rule.EQUAL_SHARES, completion=Completion.ADD, compare_greedy=False),
)
def test_with_the_share_of_the_walk_the_cheaper_project_is_bought(election, ask):
    asked = ask(election)
    outcome = count(election, asked)
    share = outcome.measures.share.final * election.minor_units
    for result in outcome.projects:
        if result.funded or result.reason.code is ReasonCode.WITHDRAWN:
            continue
        changes = result.least_changes
        assert changes.cheaper_basis in {Basis.HOLDING_THE_REST, Basis.NEVER}
        cost = election.project_by_id[result.id].cost
        for other in range(cost):
            bought = (
                result.id
                in equal_shares.count(
                    at_cost(election, result.id, other), share, asked.utility, **common(asked)
                )[0]
            )
            saved = Decimal(cost - other) / election.minor_units
            lower_enough = changes.cheaper_by is not None and saved >= changes.cheaper_by
            if bought != lower_enough:
                # Only if ties prefer the dearer may it be funded at one cost and not at a lower one.
                assert lower_enough
                assert "dearer" in asked.ties
