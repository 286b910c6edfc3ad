"""Raising the share: where it ends, and what is told of the way."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.engine import count
from budgeting.counting.equal_shares.rule import starting_share, step_of
from budgeting.counting.model import Ballot, Election, Project, VoteType
from budgeting.counting.parameters import Completion, Parameters, Rule, Start, Until
from budgeting.counting.ties import TieKey
from tests.budgeting.counting.elections import elections, parameters
from tests.budgeting.counting.naive import equal_shares as naive
from tests.budgeting.counting.test_against_naive import common

ADD = Parameters(Rule.EQUAL_SHARES, completion=Completion.ADD)


def election(costs, ballots, budget=100, minor_units=1):
    projects = tuple(Project(name, cost, number) for number, (name, cost) in enumerate(costs.items()))
    cast = tuple(Ballot(tuple(ballot)) for ballot in ballots)
    return Election(budget, projects, cast, VoteType.APPROVAL, minor_units)


def test_it_ends_where_nothing_more_fits():
    # Both supporters of a can pay 50 at once, those of b 60 from a share of 30 on.
    result = count(election({"a": 50, "b": 60}, ["a", "a", "b", "b"], budget=110), ADD)
    share = result.measures.share
    assert result.winners == ("a", "b")
    assert (share.start, share.final, share.step, share.ended) == (
        Fraction(55, 2),
        Fraction(61, 2),
        1,
        "everything",
    )
    assert [(stretch.counts, stretch.projects) for stretch in share.walk] == [(3, 1), (1, 2)]
    assert share.walk[0].last_share == Fraction(59, 2)


def test_it_ends_before_the_first_overspend_and_tells_what_was_refused():
    # c would still fit, but two can pay 60 for b before one can pay 40 for c.
    result = count(election({"a": 50, "b": 60, "c": 40}, ["a", "a", "b", "b", "c"]), ADD)
    share = result.measures.share
    assert result.winners == ("a",)
    assert (share.final, share.ended) == (29, "overspend")
    assert (share.walk[-1].first_share, share.walk[-1].total_cost, share.walk[-1].counts) == (30, 110, 1)


def test_until_infeasible_it_goes_on_after_an_exhaustive_outcome():
    # The dear project is bought for more of the voters' money than there is, then for what there is.
    held = election({"a": 90, "b": 60}, ["ab", "ab", "a"])
    exhaustive = count(held, ADD)
    assert (exhaustive.winners, exhaustive.measures.share.ended) == (("a",), "exhaustive")
    further = count(held, replace(ADD, until=Until.INFEASIBLE))
    assert further.measures.share.ended == "overspend"
    assert further.measures.share.final > exhaustive.measures.share.final


def test_a_project_that_nobody_supports_does_not_keep_it_going():
    result = count(election({"a": 50, "nobody": 10}, ["a"]), ADD)
    assert (result.winners, result.measures.share.ended) == (("a",), "everything")
    added = count(election({"a": 50, "nobody": 10}, ["a"]), replace(ADD, completion=Completion.ADD_GREEDY))
    assert added.winners == ("a", "nobody")


def test_nobody_voted():
    result = count(election({"a": 50}, []), ADD)
    assert (result.winners, result.measures.share.final, result.measures.share.ended) == ((), 0, "everything")
    assert result.measures.exclusion_ratio is None


def test_the_starting_share_is_exact_or_whole_units_of_the_currency():
    held = Electorate(election({"a": 50}, ["a"] * 3, budget=100_000, minor_units=100))
    assert starting_share(Contest(held, ADD)) == Fraction(100_000, 3)
    assert starting_share(Contest(held, replace(ADD, start=Start.FLOOR))) == 33_300


def test_the_step_is_a_thousandth_of_the_share_in_whole_units_but_one_at_least():
    few = Electorate(election({"a": 50}, ["a"] * 3, budget=900_000_00, minor_units=100))
    many = Electorate(election({"a": 50}, ["a"] * 3, budget=900_00, minor_units=100))
    assert step_of(Contest(few, ADD)) == 300_00
    assert step_of(Contest(many, ADD)) == 1_00
    assert step_of(Contest(many, replace(ADD, step=Fraction(1, 2)))) == Fraction(1, 2)


def test_a_tie_is_told_once_for_all_the_shares_that_it_was_met_with():
    held = election({"a": 20, "b": 20, "c": 70}, ["ab", "ab", "c"])
    result = count(held, replace(ADD, ties=(TieKey.REGISTERED,)))
    (tie,) = result.ties
    assert (tie.round, tie.projects, tie.chosen, tie.decided_by) == (1, ("a", "b"), "a", TieKey.REGISTERED)
    share = result.measures.share
    assert (tie.share, tie.adopted) == (share.start, True)
    assert tie.counts == sum(stretch.counts for stretch in share.walk)


@settings(max_examples=150, deadline=None)
@given(
    elections(max_projects=5), parameters(Rule.EQUAL_SHARES, completion=Completion.ADD, compare_greedy=False)
)
def test_the_stretches_are_the_naive_walk(election, ask):
    asked = ask(election)
    step = asked.step or Fraction(election.minor_units)
    share = count(election, asked).measures.share
    _, final = naive.add_walk(
        election, asked.start, step, asked.until, utility=asked.utility, **common(asked)
    )
    assert share.final * election.minor_units == final
    at = naive.starting_share(election, asked.start)
    for stretch in share.walk:
        assert stretch.first_share * election.minor_units == at
        for _ in range(min(stretch.counts, 5)):
            assert len(naive.count(election, at, asked.utility, **common(asked))[0]) == stretch.projects
            at += step
        at = stretch.last_share * election.minor_units + step
