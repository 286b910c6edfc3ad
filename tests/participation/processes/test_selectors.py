"""What cards tell of a participation."""

import pytest

from participation.processes.selectors import first_sentences


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<p>Hyväksyttiin.</p><h3>Muuta</h3>", "Hyväksyttiin."),
        ("<p>Yksi kaksi kolme</p>", "Yksi kaksi …"),
        ("<p>Yksi, kaksi, kolme</p>", "Yksi, kaksi …"),
        ("<p>Välfärdsområdesfullmäktige</p>", "Välfärdsområdes …"),
        ("", ""),
    ],
)
def test_an_outcome_is_cut_between_words(given, shown):
    assert first_sentences(given, 15) == shown
