"""One count of Equal Shares against the naive one, to the last digit."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.counting import exact
from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Electorate
from budgeting.counting.equal_shares.count import Count
from budgeting.counting.equal_shares.margins import same_between
from budgeting.counting.equal_shares.market import Market
from budgeting.counting.parameters import Parameters, Rule, Utility
from budgeting.counting.ties import TieKey
from tests.budgeting.counting.elections import elections
from tests.budgeting.counting.naive import equal_shares as naive

LIBRARIES = [choice for choice in (exact.STANDARD_LIBRARY, exact.GMPY2) if choice]
KEYS = st.lists(st.sampled_from([key for key in TieKey if key not in {TieKey.ID, TieKey.LOT}]), unique=True)
SHARES = st.fractions(min_value=0, max_value=60, max_denominator=7)


def contest(election, utility, keys=()):
    return Contest(
        Electorate(election), Parameters(Rule.EQUAL_SHARES, utility=Utility(utility), ties=(*keys, TieKey.ID))
    )


@settings(max_examples=600, deadline=None)
@given(elections(), SHARES, st.sampled_from(list(Utility)), KEYS, st.sampled_from(LIBRARIES))
def test_a_count_is_the_naive_count(election, share, utility, keys, library):
    bought, rhos, ties = naive.count(election, share, utility, keys)
    with exact.using(library):
        held = contest(election, utility, keys)
        count = Count(Market(held, share), share).run()
        count.ledger.settle()
    assert [held.ids[place] for place in count.bought] == bought
    assert [(tie.round, tie.projects, tie.chosen, tie.decided_by) for tie in count.ties] == ties
    paid = [place for place in count.bought if held.cost[place]]
    worth = count.market.worth
    prices = [
        exact.fraction(price) / exact.fraction(denominator) * held.electorate.scale
        for price, denominator in zip(count.ledger.prices, count.ledger.denominators[1:], strict=True)
    ]
    ratios = [price / worth[place] for price, place in zip(prices, paid, strict=True)]
    assert ratios == [rho for rho, place in zip(rhos, count.bought, strict=True) if held.cost[place]]


@settings(max_examples=400, deadline=None)
@given(
    elections(),
    SHARES,
    st.fractions(Fraction(1, 9), 4, max_denominator=9),
    st.sampled_from(list(Utility)),
    st.fractions(0, 1, max_denominator=9),
)
def test_what_two_counts_prove_holds_for_every_share_between(election, share, width, utility, part):
    held = contest(election, utility)
    market = Market(held, share + width)
    lower = Count(market, share).run()
    higher = Count(market, share + width, earlier=lower.purses.trace, below=lower.margins).run()
    if lower.bought != higher.bought or not same_between(lower.margins, higher.margins):
        return
    bought, _, ties = naive.count(election, share + width * part, utility)
    assert [held.ids[place] for place in lower.bought] == bought
    for count in (lower, higher):
        assert [(tie.round, tie.projects, tie.chosen, tie.decided_by) for tie in count.ties] == ties
