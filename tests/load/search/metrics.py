"""How good a list of results is, and how sure one can be of it: pure functions.

A gain is 2 for a text that has the word itself, 1 for one that has it inside a compound, and nothing for any
other (see gold.py).
"""

import math
import random
import statistics

RESAMPLES = 2_000
SEED = 20261123


def recall(shown, relevant, first=20):
    """Relevant among the first ones shown, of all relevant."""
    return len(set(shown[:first]) & set(relevant)) / len(relevant)


def precision(shown, relevant, first=10):
    """Relevant among the first ones shown, of as many as are shown; nothing shown is nothing right.

    Not of ten: a word with three relevant texts could not reach more than 0.3, however well it is found.
    """
    seen = shown[:first]
    return len(set(seen) & set(relevant)) / len(seen) if seen else 0.0


def ndcg(shown, gains, first=10):
    """Discounted cumulative gain (gain / log2(place + 1)), of the best that an order could have."""
    best = sorted(gains.values(), reverse=True)[:first]
    return _discounted([gains.get(one, 0) for one in shown[:first]]) / _discounted(best)


def _discounted(gains):
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, start=1))


def interval(values):
    """The mean's 95 % interval: percentiles of the means of words drawn again with replacement."""
    drawing = random.Random(SEED)
    means = sorted(statistics.fmean(drawing.choices(values, k=len(values))) for _n in range(RESAMPLES))
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]
