"""The bars of search on the made-up twin, and that the measurement tells good from bad."""

import pytest

from portal.search import finnish
from tests.load.search import made_up
from tests.load.search.analysis_alone import AnalysisAlone
from tests.load.search.judgement import BARS, COMPOUND, ITSELF, Judged
from tests.load.search.measuring import quality, voikko


def measured(found, language):
    spoken = {text.id: text.language for text in made_up.texts()}
    return quality("ours", found, made_up.judged(language), "drawn", spoken)


@pytest.mark.parametrize(("language", "is_used"), BARS)
def test_the_bars_hold_on_the_twin(language, is_used):
    if is_used and not finnish.has_voikko():
        pytest.skip("Voikko is not installed")
    with voikko(is_used=is_used):
        row = measured(AnalysisAlone(made_up.texts()).found, language)
    assert row.recall >= BARS[language, is_used], row.missed


def test_a_search_for_words_as_written_does_not_reach_them():
    having = {}
    for text in made_up.texts():
        for word in text.text.lower().rstrip(".").split():
            having.setdefault(word, []).append(text.id)
    row = measured(lambda query, language, limit: having.get(query, [])[:limit], "fi")
    assert row.low <= row.recall <= row.high < 0.6
    assert row.precision > 0.8


def test_one_word_is_measured_as_worked_out_by_hand():
    """Two of three relevant texts are shown, behind a wrong one; another language is passed over."""
    judged = Judged("kirjasto", "fi", {1: ITSELF, 2: ITSELF, 3: ITSELF, 4: COMPOUND})
    spoken = dict.fromkeys(range(1, 10), "fi") | {9: "sv"}
    row = quality("ours", lambda *asked: [9, 8, 1, 4, 2], [judged], "drawn", spoken)
    assert row.count == 1
    assert row.recall == pytest.approx(2 / 3)
    assert row.recall_with_compounds == pytest.approx(3 / 4)
    assert row.precision == pytest.approx(3 / 4)
    assert row.missed == {"kirjasto": [3]}
