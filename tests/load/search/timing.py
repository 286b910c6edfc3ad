"""How long each question takes, asked one after another as one resident would."""

import statistics
import time

from . import gold

WARMING = 5


def questions():
    """(word, language) of everything that is in the gold set, each once."""
    sets = (gold.drawn, gold.listed, gold.frequent)
    found = {
        (one.word, one.language) for words in sets for language in ("fi", "sv") for one in words(language)
    }
    return sorted(found)


def timed(act):
    """Milliseconds of each question; the first ones are asked once before."""
    asked = questions()
    for question in asked[:WARMING]:
        act(*question)
    return [took(act, *question) for question in asked]


def took(act, *question):
    begun = time.perf_counter()
    act(*question)
    return (time.perf_counter() - begun) * 1000


def p50(taken):
    return statistics.median(taken)


def p95(taken):
    return statistics.quantiles(taken, n=20)[-1]
