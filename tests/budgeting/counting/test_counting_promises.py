"""What a council may rely on, whatever the rule."""

import itertools
import random
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import pabulib
from budgeting.counting.engine import count
from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.parameters import Parameters, Rule, Utility
from budgeting.counting.results import ReasonCode
from budgeting.counting.ties import TieKey
from tests.budgeting.counting.elections import SEEDS, election, elections, parameters

ANY_RULE = st.one_of([parameters(rule) for rule in Rule])


def outcome(result):
    """All but the order of what has no order."""
    tree = result.to_dict()
    tree["projects"] = sorted(tree["projects"], key=lambda project: project["id"])
    return tree


@settings(max_examples=150, deadline=None)
@given(elections(), ANY_RULE, SEEDS)
def test_the_order_of_voters_and_rows_changes_nothing(election, ask, seed):
    asked = ask(election)
    chance = random.Random(seed)
    shuffled = replace(
        election,
        projects=tuple(chance.sample(election.projects, len(election.projects))),
        ballots=tuple(chance.sample(election.ballots, len(election.ballots))),
    )
    if election.vote_type is not VoteType.ORDINAL:
        shuffled = replace(shuffled, ballots=tuple(turned(chance, ballot) for ballot in shuffled.ballots))
    assert outcome(count(shuffled, asked)) == outcome(count(election, asked))


def turned(chance, ballot):
    """The same said in another order."""
    order = chance.sample(range(len(ballot.projects)), len(ballot.projects))
    points = None if ballot.points is None else tuple(ballot.points[number] for number in order)
    return Ballot(tuple(ballot.projects[number] for number in order), points)


@settings(max_examples=150, deadline=None)
@given(elections(), ANY_RULE)
def test_never_more_than_the_budget_and_everything_is_told(election, ask):
    result = count(election, ask(election))
    cost = {project.id: project.cost for project in election.projects}
    assert sum(cost[winner] for winner in result.winners) == result.total_cost * election.minor_units
    assert result.total_cost * election.minor_units <= election.budget
    assert len(set(result.winners)) == len(result.winners)
    told = {project.id: project for project in result.projects}
    assert set(told) == set(cost)
    for project in result.projects:
        assert project.funded == (project.id in result.winners)
        assert project.funded == (project.reason.code is ReasonCode.FUNDED)
        assert (project.position is None) != project.funded
        # What its supporters paid, to the last digit.
        if project.payers:
            assert sum(payers.total for payers in project.payers) == Fraction(project.cost)
        if project.support:
            spent = sum(spending.amount for spending in project.support.spent_on)
            assert project.support.given - spent == project.support.left
    assert [told[winner].position for winner in result.winners] == list(range(1, len(result.winners) + 1))


@settings(max_examples=100, deadline=None)
@given(elections(), ANY_RULE)
def test_the_exported_file_is_counted_the_same(election, ask):
    election = as_registered(election)
    exported = pabulib.read(pabulib.write(pabulib.from_election(election))).election
    # Where nobody needs cents, the file has none.
    exported = replace(
        exported,
        budget=election.budget,
        projects=tuple(map(at_cost_of, exported.projects, election.projects)),
        minor_units=election.minor_units,
    )
    asked = ask(election)
    assert outcome(count(exported, asked)) == outcome(count(election, asked))


def as_registered(election):
    """What a file can hold: rows in the order of the register, names, the cost that says withdrawn."""
    rows = sorted(election.projects, key=lambda project: project.number)
    rows = [replace(project, name=f"Project {project.id}") for project in rows]
    gone = withdrawn(election)
    rows = [replace(project, cost=gone) if project.withdrawn else project for project in rows]
    return replace(election, projects=tuple(rows))


def withdrawn(election):
    return 999_999_999 * election.minor_units


def at_cost_of(project, other):
    return replace(project, cost=other.cost)


@settings(max_examples=150, deadline=None)
@given(elections(), parameters(Rule.GREEDY) | parameters(Rule.GREEDY_RATIO), st.integers(1, 4))
def test_greedy_more_votes_never_remove_a_winner(election, ask, more):
    asked = ask(election)
    for winner in count(election, asked).winners:
        points = (Fraction(more),) if election.vote_type.has_points else None
        extra = [Ballot((winner,), points)] * (1 if points else more)
        assert winner in count(replace(election, ballots=(*election.ballots, *extra)), asked).winners


@settings(max_examples=100, deadline=None)
@given(
    elections(vote_types=(VoteType.APPROVAL, VoteType.CUMULATIVE), max_projects=5, max_voters=6),
    st.sampled_from(list(Utility)),
)
def test_equal_shares_represents_every_group_up_to_one_project(election, utility):
    """EJR up to one project (Peters, Pierczyński, Skowron 2021, theorem 2), by trying every group.

    A group of voters deserves projects that its part of the budget pays for. What each of these is worth to
    the member who likes it least adds up to what is promised: some member has that already, or more than
    that with one project of them more.
    """
    result = count(election, Parameters(Rule.EQUAL_SHARES, utility=utility))
    voters = range(len(election.ballots))
    projects = [project for project in election.projects if not project.withdrawn and project.cost]
    value = [
        dict(zip(ballot.projects, ballot.values(election.vote_type), strict=True))
        for ballot in election.ballots
    ]

    def worth(voter, project):
        factor = project.cost if utility is Utility.COST else 1
        return value[voter].get(project.id, 0) * factor

    def utility_of(voter, bought):
        return sum(worth(voter, project) for project in bought)

    winners = [project for project in projects if project.id in result.winners]
    for size in range(1, len(voters) + 1):
        for group in itertools.combinations(voters, size):
            for number in range(1, len(projects) + 1):
                for wanted in itertools.combinations(projects, number):
                    if sum(project.cost for project in wanted) * len(voters) > size * election.budget:
                        continue
                    promised = sum(min(worth(voter, project) for voter in group) for project in wanted)
                    assert any(
                        utility_of(voter, winners) >= promised
                        or any(
                            utility_of(voter, {*winners, project}) > promised
                            for project in wanted
                            if project not in winners
                        )
                        for voter in group
                    )


def test_ids_are_compared_as_strings():
    held = election(VoteType.APPROVAL, 3, 0, 1)
    projects = tuple(
        replace(project, id=name, cost=10, withdrawn=False)
        for project, name in zip(held.projects, ("9", "10", "b"), strict=True)
    )
    result = count(replace(held, projects=projects, budget=20), Parameters())
    assert result.winners == ("10", "9")
    assert [(tie.projects, tie.chosen, tie.decided_by) for tie in result.ties] == [
        (("10", "9", "b"), "10", TieKey.ID),
        (("9", "b"), "9", TieKey.ID),
    ]
