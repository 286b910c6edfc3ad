"""Texts and questions in Finnish and Swedish, with Voikko and without it."""

import threading

import pytest

from portal.search import finnish
from portal.search.analysis import MOST_QUERY_WORDS, analyse, understand
from portal.search.words import LONGEST_WORD

voikko = pytest.mark.skipif(not finnish.has_voikko(), reason="Voikko is not installed")


@pytest.fixture
def no_voikko(monkeypatch):
    monkeypatch.setattr(finnish, "has_voikko", lambda: False)
    finnish.forms.cache_clear()
    yield
    finnish.forms.cache_clear()


def base_tokens(text, language):
    return set(analyse(text, language).base.split())


def is_found(query, text, *, asked_in, written_in):
    """How well one word finds a text: the name of the best kind of token they share."""
    tokens = analyse(text, written_in)
    exact, base = set(tokens.exact.split()), set(tokens.base.split())
    (sought,) = understand(query, asked_in)
    kinds = {
        "exact": sought.exact in exact,
        "base": any(token in base for token in sought.bases),
        "part": any(token in base for token in sought.parts),
        "beginning": any(word.startswith(sought.beginnings) for word in exact),
        "folded": any(token in base for token in sought.folded),
    }
    return next((kind for kind, does in kinds.items() if does), None)


@voikko
@pytest.mark.parametrize(
    ("word", "tokens"),
    [
        ("kirjastoautossa", {"=kirjastoauto", "+kirjasto", "+auto"}),
        ("äänestykseen", {"=äänestys", "~aanestys"}),
        ("veden", {"=vesi"}),
        ("Helsingissä", {"=helsinki", "~helsinki"}),
        ("EU:n", {"=eu"}),
        ("sote-palveluissa", {"=sote-palvelu", "+sote", "+palvelu"}),
        ("Porvoosta", {"=porvoo"}),
    ],
)
def test_finnish_words_have_base_forms_and_parts(word, tokens):
    assert tokens <= base_tokens(word, "fi")


@voikko
def test_a_derived_word_is_no_compound():
    assert not any(token.startswith("+") for token in base_tokens("äänestys", "fi"))


@voikko
@pytest.mark.parametrize(
    ("query", "text", "kind"),
    [
        ("kirjasto", "Kirjasto on auki.", "exact"),
        ("kirjasto", "Kävin kirjastossa.", "base"),
        ("auto", "Kirjastoautossa on ahdasta.", "part"),
        ("aanestys", "Äänestykseen tulee aikaa.", "folded"),
        ("aanestyksessa", "Äänestykseen tulee aikaa.", "folded"),
        ("äänestys", "aanestys alkaa", "folded"),
        ("vaara", "Se on väärä tieto.", "folded"),
        ("ääni", "Aune laulaa.", None),
    ],
)
def test_finnish_is_found_exactly_first(query, text, kind):
    assert is_found(query, text, asked_in="fi", written_in="fi") == kind


@pytest.mark.parametrize(
    ("query", "text", "kind"),
    [
        ("kirjasto", "Kirjasto on auki.", "exact"),
        ("kirjasto", "Kirjastolla on väliä.", "base"),
        ("katu", "Kadulla on liukasta.", "beginning"),
        ("vesi", "Vesihuolto kuntoon.", "beginning"),
        ("totuus", "Totuuden nimessä.", "beginning"),
        ("luottamus", "Luottamuksesta on kyse.", "beginning"),
        ("virallinen", "Virallisten tietojen mukaan.", "beginning"),
        ("järjetön", "Järjettömiä vaatimuksia.", "beginning"),
        ("antaa", "Annamme palautetta.", "beginning"),
        ("kuunnella", "Kuuntelette asukkaita.", "beginning"),
        ("kevyt", "Kevyen liikenteen väylä.", "beginning"),
        ("aanestys", "Äänestys alkaa.", "folded"),
    ],
)
def test_finnish_without_voikko_finds_other_forms_too(no_voikko, query, text, kind):
    assert is_found(query, text, asked_in="fi", written_in="fi") == kind


@pytest.mark.parametrize(
    ("query", "text", "kind"),
    [
        ("vårdcentral", "En vårdcentral behövs.", "exact"),
        ("vårdcentral", "Vårdcentralerna är öppna.", "base"),
        ("gemensam", "Gemensamma regler.", "beginning"),
        ("bibliotek", "Biblioteksbussen kommer.", "beginning"),
        ("vardcentral", "Vårdcentralen är öppen.", "folded"),
        ("öppet", "Oppet alla dagar.", "folded"),
        ("Esbo", "I Esbos skolor.", "base"),
        ("tak", "Språket är viktigt.", None),
    ],
)
def test_swedish_is_found_exactly_first(query, text, kind):
    assert is_found(query, text, asked_in="sv", written_in="sv") == kind


def test_letters_with_marks_are_letters():
    exact = analyse("Åbo, Öland & co — 5-vuotiaan vaa’an", "fi").exact.split()
    assert exact == ["åbo", "öland", "co", "5-vuotiaan", "vaa'an", "|", "vuotiaan", "vaa", "an"]


def test_composed_and_decomposed_letters_are_the_same():
    assert analyse("a\u0308a\u0308ni", "fi") == analyse("ääni", "fi")


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "-",
        "…!?",
        "\x00",
        "'\"():*",
        "\u202eabc",
        "🗳️",
        "NEAR(a b)",
        "a AND NOT b",
        "x" * 10_000,
        "a " * 5_000,
    ],
)
@pytest.mark.parametrize("language", ["fi", "sv", "en", "other", ""])
def test_whatever_is_asked_becomes_plain_words(query, language):
    found = understand(query, language)
    assert len(found) <= MOST_QUERY_WORDS
    for sought in found:
        assert 0 < len(sought.word) <= LONGEST_WORD
        tokens = [sought.exact, *sought.bases, *sought.parts, *sought.beginnings, *sought.folded]
        assert all(token.lstrip("=+~") for token in tokens)
        assert not any(mark in "".join(tokens) for mark in '\x00"()*\u202e &|!<>')


def test_threads_share_no_analyser(monkeypatch):
    finnish.forms.cache_clear()
    words = ["kirjastoissa", "äänestyksen", "vanhuksille", "lautakunnat"] * 200
    expected = [base_tokens(word, "fi") for word in words]
    failures = []

    def read():
        for word, tokens in zip(words, expected, strict=True):
            finnish.forms.cache_clear()
            if base_tokens(word, "fi") != tokens:
                failures.append(word)

    threads = [threading.Thread(target=read) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
