"""A table of quality beside the figures: every backend by language and set of words, and what was missed."""

import pytest

from . import comments, gold
from .measuring import HEADING

QUALITIES = pytest.StashKey[list]()
MOST_MISSES = 25


def pytest_configure(config):
    config.stash[QUALITIES] = []


@pytest.fixture(scope="module")
def texts():
    return comments.texts()


@pytest.fixture
def quality_table(request):
    """Rows so far; those added are printed at the end."""
    return request.config.stash[QUALITIES]


def pytest_terminal_summary(terminalreporter, config):
    rows = config.stash[QUALITIES]
    if not rows:
        return
    terminalreporter.section("quality of search")
    terminalreporter.write_line(HEADING)
    for row in sorted(rows, key=lambda row: (row.language, row.words, row.backend)):
        terminalreporter.write_line(row.line())
    told = [{}]
    for row in rows:
        if row.backend.startswith("ours") and row.words != "frequent" and row.missed not in told:
            told.append(row.missed)
            terminalreporter.write_line(f"missed, {row.language} {row.words}, {row.backend}: {_misses(row)}")


def _misses(row):
    by_id = {text.id: text.text for text in comments.texts()}
    told = []
    for word, numbers in list(row.missed.items())[:MOST_MISSES]:
        forms = sorted({form for n in numbers for form in _forms(by_id[n], word, row.language)})
        told.append(f"{word} −{len(numbers)} ({', '.join(forms)})")
    return "; ".join(told)


def _forms(text, word, language):
    return [form for form in comments.words_of(text) if gold.word_of(form, language) == word]
