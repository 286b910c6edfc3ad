"""Metrics against examples worked out by hand."""

import math

import pytest

from tests.load.search.metrics import interval, ndcg, precision, recall


@pytest.mark.parametrize(
    ("shown", "first", "expected"),
    [
        ([], 20, 0),
        ([1, 2, 3, 4], 20, 1),
        ([9, 8, 1], 20, 1 / 4),
        ([9, 8, 1, 2], 3, 1 / 4),
        ([1, 1, 2], 20, 2 / 4),
    ],
)
def test_recall_is_of_all_relevant(shown, first, expected):
    assert recall(shown, {1, 2, 3, 4}, first) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("shown", "first", "expected"),
    [([], 10, 0), ([9, 8], 10, 0), ([1, 9], 10, 1 / 2), ([1, 2], 10, 1), ([1, 9, 2, 3], 2, 1 / 2)],
)
def test_precision_is_of_what_is_shown(shown, first, expected):
    assert precision(shown, {1, 2, 3, 4}, first) == pytest.approx(expected)


def test_ndcg_of_the_best_order_is_one():
    assert ndcg(["a", "b", "c"], {"a": 2, "b": 2, "c": 1}) == pytest.approx(1)


def test_ndcg_counts_gain_and_place():
    gains = {"a": 2, "b": 1}
    best = 2 + 1 / math.log2(3)
    assert ndcg(["b", "a"], gains) == pytest.approx((1 + 2 / math.log2(3)) / best)
    assert ndcg(["x", "a", "y", "b"], gains) == pytest.approx((2 / math.log2(3) + 1 / math.log2(5)) / best)
    assert ndcg([], gains) == 0
    assert ndcg(["a"], gains, first=1) == pytest.approx(1)


def test_ndcg_beyond_the_first_ones_is_nothing():
    assert ndcg([*range(10), "a"], {"a": 2}) == 0


def test_the_interval_holds_the_mean_and_narrows_with_more_words():
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 200
    assert interval([1.0] * 5) == (1.0, 1.0)
    low, high = interval(few)
    assert low < 0.5 < high
    # Two standard errors of a fair coin: 0.5 ± 1.96 × 0.5 / √20.
    assert (low, high) == pytest.approx((0.28, 0.72), abs=0.06)
    narrow_low, narrow_high = interval(many)
    assert narrow_high - narrow_low < (high - low) / 2
    assert interval(few) == interval(few)
