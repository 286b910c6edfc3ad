"""Nothing under five is shown, and nobody can work it out: attacks by readers who know the rule."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.reports.suppression import THRESHOLD, suppress

counts = st.lists(st.integers(0, 12) | st.integers(0, 400), min_size=1, max_size=14)


def shown(persons, hidden):
    return tuple(None if place in hidden else count for place, count in enumerate(persons))


@given(counts)
def test_no_small_group_is_shown(persons):
    found = suppress(persons)
    assert all(
        count == 0 or count >= THRESHOLD for count in shown(persons, found.hidden) if count is not None
    )


@given(counts)
def test_what_is_hidden_never_stands_alone(persons):
    found = suppress(persons)
    small = {place for place, count in enumerate(persons) if 0 < count < THRESHOLD}
    assert small <= found.hidden
    if small and not found.withheld:
        assert len(found.hidden) > len(small)
        others = len(found.hidden) - len(small)
        assert sum(persons[place] for place in found.hidden) > 4 * len(small) + 5 * others


@given(counts)
def test_a_table_without_small_groups_is_whole(persons):
    large = [count if count == 0 or count >= THRESHOLD else count + THRESHOLD for count in persons]
    assert not suppress(large).hidden


def outcomes(groups, most, publish):
    """What each published table may have been: published form → all tables that publish it."""
    found = defaultdict(list)
    for persons in product(range(most + 1), repeat=groups):
        found[publish(persons)].append(persons)
    return found


@pytest.mark.parametrize(("groups", "most"), [(2, 24), (3, 16), (4, 9)])
def test_a_reader_who_knows_the_rule_learns_nothing_about_a_small_group(groups, most):
    """Every table of this size, attacked: whoever sees the printed figures, the total, the rule and even
    which groups are small cannot tell a small group's size."""

    def publish(persons):
        found = suppress(persons)
        small = tuple(0 < count < THRESHOLD for count in persons)
        return found.withheld, shown(persons, found.hidden), sum(persons), (() if found.withheld else small)

    for (withheld, visible, total, small), tables in outcomes(groups, most, publish).items():
        if withheld:
            for place in range(groups):
                assert len({table[place] for table in tables}) > 1, (visible, total, tables)
            continue
        biggest = total - sum(count for count in visible if count is not None)
        if biggest > most:
            # The largest tables have twins beyond what is enumerated here.
            continue
        for place, is_small in enumerate(small):
            if is_small:
                assert {table[place] for table in tables} == {1, 2, 3, 4}, (visible, total, tables)


def test_the_order_decides_which_group_goes_along_not_the_sizes():
    assert suppress([100, 3, 6, 50]).hidden == {1, 2, 3}
    assert suppress([100, 3, 60, 6]).hidden == {1, 2}
    assert suppress([100, 3, 60, 6], order=[2, 1, 0, 3]).hidden == {0, 1}


def test_a_table_of_small_groups_only_is_withheld_zeros_too():
    found = suppress([1, 0, 2, 1])
    assert found.withheld
    assert found.hidden == {0, 1, 2, 3}
