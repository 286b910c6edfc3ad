"""Real votes: what the cities funded, and walks against the naive one share by share."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgeting.counting import exact, pabulib
from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.engine import count
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.equal_shares.rule import EqualShares, starting_share, step_of
from budgeting.counting.parameters import (
    Completion,
    OnMisfit,
    Parameters,
    Rule,
    Start,
    Until,
    Utility,
)
from budgeting.counting.ties import TieKey
from tests.budgeting.counting.checking import equal_shares
from tests.budgeting.counting.made_up import big_file
from tests.budgeting.counting.naive import equal_shares as naive
from tests.budgeting.counting.pb_files import real_files

pytestmark = pytest.mark.real_data
DATA = real_files()
if "made-up" in DATA:
    DATA = {"made-up": lambda: big_file(voters=400, projects=30)}
FILES = {name: pabulib.read(data()) for name, data in DATA.items()}
GREEDY_RULES = {"greedy", "greedy-no-skip", "greedy-threshold"}
DECIDED = [name for name, file in FILES.items() if file.meta.get("rule") in GREEDY_RULES and file.selected]
# The naive rules take their time.
SMALL = [name for name, file in FILES.items() if len(file.election.ballots) < 900] or list(FILES)
# Files that the checker counts within seconds, one of them with a raised share.
RAISED = {"US_Stanford_Dataset_PB_Greensboro_District_3_2019_vote_knapsacks"}
CHECKED = {
    "US_Stanford_Dataset_PB_Cambridge_2015_vote_approvals",
    "Hungary_Budapest_2023_VIII_Jozsefvaros",
    *RAISED,
}
WALKED = [name for name, file in FILES.items() if 900 < len(file.election.ballots) < 2_600] or list(FILES)


def test_seven_cities_told_what_they_funded():
    assert len(DECIDED) == (7 if len(FILES) > 1 else 0)


def test_what_the_cities_funded_is_funded():
    for name in DECIDED:
        file = FILES[name]
        stop = file.meta["rule"] == "greedy-no-skip"
        result = count(
            file.election,
            Parameters(
                on_misfit=OnMisfit.STOP if stop else OnMisfit.SKIP,
                threshold=file.election.score_threshold,
            ),
        )
        funded = {project for project, selected in file.selected.items() if selected == 1}
        assert set(result.winners) == funded, name


@pytest.mark.parametrize("utility", list(Utility))
@pytest.mark.parametrize("name", WALKED)
def test_a_walk_is_a_count_at_every_share(name, utility):
    """No share that was passed over would have ended the walk, or ended it otherwise."""
    election = FILES[name].election
    held = Contest(
        Electorate(election), Parameters(Rule.EQUAL_SHARES, utility=utility, completion=Completion.ADD)
    )
    found = EqualShares(held).run()
    market = Market(held, 3 * found.share)
    share, step, outcomes = starting_share(held), step_of(held), []
    while share <= found.share + step:
        outcomes.append(frozenset(Count(market, share).run().bought))
        share += step
    told = [seen.bought for seen in found.walk.seen for _ in range(seen.shares)]
    assert outcomes[: len(told)] == told
    assert frozenset(found.count.bought) == outcomes[-2]
    assert all(held.total(bought) <= held.budget for bought in outcomes[:-1])


@pytest.mark.parametrize("name", SMALL)
def test_both_libraries_count_the_same(name):
    election = FILES[name].election
    for parameters in (Parameters(Rule.EQUAL_SHARES), Parameters(Rule.PHRAGMEN)):
        told = []
        for library in (exact.STANDARD_LIBRARY, exact.GMPY2):
            if library:
                with exact.using(library):
                    told.append(count(election, parameters).to_dict())
        assert all(one == told[0] for one in told)


@pytest.mark.parametrize("name", SMALL)
def test_one_count_is_the_naive_count(name):
    election = FILES[name].election
    for utility in Utility:
        share = Fraction(3 * election.budget, 2 * len(election.ballots))
        held = Contest(Electorate(election), Parameters(Rule.EQUAL_SHARES, utility=utility))
        bought = Count(Market(held, share), share).run().bought
        assert [held.ids[place] for place in bought] == naive.count(election, share, utility)[0]


def test_pabulibs_own_checker_buys_the_same_in_the_same_order():
    for name in CHECKED & FILES.keys():
        parameters = Parameters(Rule.EQUAL_SHARES, ties=(TieKey.CHEAPER, TieKey.SUPPORTERS))
        if name in RAISED:
            walk = {"start": Start.FLOOR, "completion": Completion.ADD, "until": Until.INFEASIBLE}
            parameters = replace(parameters, **walk)
        bought = list(count(FILES[name].election, parameters).winners)
        assert bought == equal_shares(DATA[name](), name in RAISED), name
