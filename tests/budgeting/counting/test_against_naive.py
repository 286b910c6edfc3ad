"""Every rule against the slow, obviously right one, on small made-up elections with many ties."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import exact
from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.equal_shares.rule import EqualShares
from budgeting.counting.greedy import Greedy
from budgeting.counting.parameters import Rule
from budgeting.counting.phragmen import Phragmen
from budgeting.counting.ties import TieKey
from tests.budgeting.counting.elections import elections, parameters
from tests.budgeting.counting.naive import equal_shares as naive_equal_shares
from tests.budgeting.counting.naive import greedy as naive_greedy
from tests.budgeting.counting.naive import phragmen as naive_phragmen

LIBRARIES = [choice for choice in (exact.STANDARD_LIBRARY, exact.GMPY2) if choice]


def contest(election, asked):
    return Contest(Electorate(election), asked)


def ids(held, places):
    return [held.ids[place] for place in places]


def logged(ties):
    return [(tie.round, tie.projects, tie.chosen, tie.decided_by) for tie in ties]


def common(asked):
    keys = [key for key in asked.ties if key is not TieKey.ID]
    return {"threshold": asked.threshold, "keys": keys, "lots": list(asked.lots)}


@settings(max_examples=500, deadline=None)
@given(elections(), parameters(Rule.GREEDY) | parameters(Rule.GREEDY_RATIO))
def test_greedy(election, ask):
    asked = ask(election)
    ties = []
    expected = naive_greedy.greedy(
        election,
        by_ratio=asked.rule is Rule.GREEDY_RATIO,
        on_misfit=asked.on_misfit,
        conflicts=asked.conflicts,
        caps=asked.caps,
        ties=ties,
        **common(asked),
    )
    held = contest(election, asked)
    found = Greedy.as_asked(held).run()
    assert ids(held, found.bought) == expected
    assert logged(found.ties) == ties


@settings(max_examples=500, deadline=None)
@given(elections(), parameters(Rule.PHRAGMEN), st.sampled_from(LIBRARIES))
def test_phragmen(election, ask, library):
    asked = ask(election)
    ties = []
    expected, loads = naive_phragmen.phragmen(election, ties=ties, **common(asked))
    held = contest(election, asked)
    with exact.using(library):
        found = Phragmen(held).run()
    assert ids(held, found.bought) == expected
    assert [exact.fraction(load) for load in found.loads[1:]] == loads
    assert logged(found.ties) == ties


@settings(max_examples=500, deadline=None)
@given(elections(max_projects=5), parameters(Rule.EQUAL_SHARES), st.sampled_from(LIBRARIES))
def test_equal_shares(election, ask, library):
    asked = ask(election)
    expected = naive_equal_shares.equal_shares(
        election,
        completion=asked.completion,
        start=asked.start,
        step=asked.step or Fraction(election.minor_units),
        until=asked.until,
        compare_greedy=asked.compare_greedy,
        utility=asked.utility,
        **common(asked),
    )
    held = contest(election, asked)
    with exact.using(library):
        found = EqualShares(held).run()
    assert ids(held, found.bought) == expected
