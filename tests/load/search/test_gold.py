"""Judges: hand-written inflections, simplemma where there are none, and what is a compound."""

import pytest

from tests.load.search import gold, inflections, made_up, other_analyser
from tests.load.search.judgement import COMPOUND, ITSELF, Text


@pytest.mark.parametrize(
    ("word", "forms", "strangers"),
    [
        (
            "katu",
            "katu kadun kadulla katuna kaduille katujen katuni kadullaan kadutkin",
            "kato kadota",
        ),
        ("vesi", "vesi veden vettä veteen vesissä vetenä vedestään", "vesa veto"),
        ("kallis", "kallis kalliin kallista kalliiseen kalliita kalliiksi", "kallio"),
        ("terveyskeskus", "terveyskeskukseen terveyskeskuksissa terveyskeskuksensa", "terveys keskus"),
    ],
)
def test_finnish_lists_hold_the_forms_and_no_others(word, forms, strangers):
    listed = inflections.finnish()[word]
    assert set(forms.split()) <= listed
    assert not set(strangers.split()) & listed


def test_finnish_lists_keep_vowel_harmony():
    for word in ("vesi", "lehti", "päästö", "yksityinen", "lentokenttä"):
        back = ("lla", "ssa", "sta", "nsa", "kaan")
        assert not [form for form in inflections.finnish()[word] if form.endswith(back)]
    for word in ("katu", "päiväkoti", "terveyskeskus", "lautakunta"):
        assert not [form for form in inflections.finnish()[word] if form.endswith(("llä", "ssä", "nsä"))]


def test_swedish_lists_have_genitives():
    assert {"skolans", "skolornas", "skola"} <= inflections.swedish()["skola"]
    assert "huss" not in inflections.swedish()["hus"]


def test_no_form_is_in_two_finnish_lists():
    """One text cannot be judged by two words for the same form."""
    owners = {}
    for word, forms in inflections.finnish().items():
        for form in forms:
            assert owners.setdefault(form, word) == word


TEXTS = [
    Text(1, "fi", "Kirjastossa on hyvä olla."),
    Text(2, "fi", "Kirjastoauton reitti."),
    Text(3, "fi", "Lähikirjastoja pitää olla."),
    Text(4, "fi", "Kirjailijat kirjoittavat."),
    Text(5, "sv", "Kirjasto på svenska."),
    Text(6, "fi", "Kunnanvaltuuston päätös kunnista."),
    Text(7, "fi", "Sote-palveluista puhutaan."),
]


def judged(word):
    (found,) = gold._Judge("fi", TEXTS).judged([word])
    return found


def test_compounds_gain_half_and_the_other_language_is_not_judged():
    assert judged("kirjasto").gains == {1: ITSELF, 2: COMPOUND, 3: COMPOUND}
    assert judged("kirjasto").relevant == {1}
    assert judged("kirjasto").related == {1, 2, 3}


def test_a_text_with_the_word_and_a_compound_has_the_word():
    assert judged("kunta").gains == {6: ITSELF}
    assert judged("valtuusto").gains == {6: COMPOUND}
    assert judged("palvelu").gains == {7: COMPOUND}


def test_swedish_compounds():
    lemmas = ["skolgård", "kyrkogård", "biblioteksbuss", "vårdcentral", "skolastik"]
    found = other_analyser.compounds(lemmas, ["skola", "kyrka", "bibliotek", "vård", "central"], "sv")
    assert found == {
        "skola": {"skolgård"},
        "kyrka": {"kyrkogård"},
        "bibliotek": {"biblioteksbuss"},
        "vård": {"vårdcentral"},
        "central": {"vårdcentral"},
    }


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_twin_is_made_as_it_is_judged(language):
    by_id = {text.id: text for text in made_up.texts()}
    assert len(by_id) == made_up.COUNT
    words = made_up.judged(language)
    assert {one.word for one in words} == set(inflections.listed(language))
    for one in words:
        assert 3 <= len(one.relevant) <= 20
        assert all(by_id[number].language == language for number in one.related)
        forms = inflections.listed(language)[one.word]
        for number in one.relevant:
            assert set(by_id[number].text.lower().rstrip(".").split()) & forms


def test_the_twin_is_the_same_every_time():
    again = made_up._made.__wrapped__()
    assert again[0] == made_up.texts()
