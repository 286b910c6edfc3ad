"""Text and language to tokens, the same at indexing and at searching and for every backend.

Two fields hold the tokens, separated by spaces. `exact` has the words as they were written, in lower case.
`base` has, each behind its mark: `=` base forms, `+` base forms of the words in a compound, `~` what has
letters that some keyboards lack, written without their marks (å, ä → a, ö → o), `^` what stands in the title,
`@` the language. No backend analyses further.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from . import finnish, swedish
from .stems import stem
from .word_forms import KEPT_WORDS, Forms
from .words import fold, joined, words

BASE, PART, FOLDED, TITLE, LANGUAGE = "=", "+", "~", "^", "@"
BREAK = "|"
"""Stands in `exact` where no phrase goes on: between title and text, before the pieces of joined words."""
KEPT_TOKENS = 50_000
VERSION = 1
"""Raised when the same text gives other tokens than before: what is indexed is then out of date."""
MOST_QUERY_WORDS = 12
MOST_QUERY_CHARACTERS = 300
"""What is longer is cut: a question is not a document, and each word costs the index a look."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two fields of a text."""

    exact: str
    base: str


@dataclass(frozen=True, slots=True)
class Sought:
    """One word of a query: tokens that it is found by, the best first. Any of them will do.

    `exact` and `beginnings` (as prefixes) are looked for in the field `exact`, the rest in `base`.
    """

    word: str
    exact: str
    bases: tuple[str, ...]
    parts: tuple[str, ...]
    beginnings: tuple[str, ...]
    folded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Language:
    forms: Callable[[str], Forms]
    beginnings: Callable[[str], tuple[str, ...]]
    algorithm: str


@lru_cache(KEPT_WORDS)
def _english(word: str) -> Forms:
    return Forms((stem(word, "english"),))


def _itself(word: str) -> Forms:
    return Forms((word,))


def _no_beginnings(word: str) -> tuple[str, ...]:
    return ()


_LANGUAGES = {
    "fi": _Language(finnish.forms, finnish.beginnings, "finnish"),
    "sv": _Language(swedish.forms, swedish.beginnings, "swedish"),
    "en": _Language(_english, _no_beginnings, "english"),
}
KNOWN_LANGUAGES = tuple(_LANGUAGES)
_OTHER = _Language(_itself, _no_beginnings, "")


def analyse(text: str, language: str) -> Tokens:
    """The tokens of a text; `language` is a code such as fi or sv-FI, anything else is taken word by word."""
    exact, base = _fields(text, language)
    return Tokens(" ".join(exact), " ".join(base))


def _fields(text: str, language: str) -> tuple[list[str], list[str]]:
    code, made_by = language[:2], analyser(language)
    exact = words(text)
    pieces: list[str] = []
    base: list[str] = []
    for word in exact:
        of_word = _tokens_of_word(word, code, made_by)
        pieces += of_word.pieces
        base += of_word.base
    return [*exact, BREAK, *pieces] if pieces else exact, base


def analyse_entry(title: str, passage: str, language: str) -> Tokens:
    """The tokens of something that has a title, with spaces at both ends; each token of `base` once."""
    known = _known(language)
    exact, base = _fields(passage, language)
    if title:
        top, of_top = _fields(title, language)
        exact = [*top, BREAK, *exact] if top else exact
        base = of_top + base
    in_title = words(title)
    titles = [
        *in_title,
        *(f"{BASE}{base}" for word in in_title for base in known.forms(word).bases),
        *(f"{FOLDED}{fold(word)}" for word in in_title if not word.isascii()),
    ]
    base += [f"{TITLE}{token}" for token in titles]
    base.append(f"{LANGUAGE}{language[:5]}")
    return Tokens(f" {' '.join(exact)} ", " ".join(dict.fromkeys(base)))


def analyser(language: str) -> str:
    """Name and version of what makes the tokens of a language here; other tokens have another name."""
    voikko = language[:2] == "fi" and finnish.has_voikko()
    return f"{VERSION}{'v' if voikko else ''}"


@lru_cache(KEPT_TOKENS)
def tokens_of_word(word: str, language: str) -> frozenset[str]:
    """Everything that one word in lower case is found by, of both fields."""
    found = _tokens_of_word(word, language[:2], analyser(language))
    return frozenset([word, *found.pieces, *found.base])


class _OfWord(NamedTuple):
    pieces: tuple[str, ...]
    """What `exact` holds besides the word."""
    base: tuple[str, ...]


@lru_cache(KEPT_TOKENS)
def _tokens_of_word(word: str, language: str, made_by: str) -> _OfWord:
    """A text says the same words again and again, and other texts do."""
    pieces = tuple(joined(word))
    return _OfWord(pieces, tuple(_base(word, pieces, _known(language))))


def understand(query: str, language: str) -> list[Sought]:
    """The words of a query in the language of the one who asks, each once."""
    known = _known(language)
    asked = dict.fromkeys(words(query[:MOST_QUERY_CHARACTERS]))
    return [_sought(word, known) for word in list(asked)[:MOST_QUERY_WORDS]]


def _known(language: str) -> _Language:
    return _LANGUAGES.get(language[:2], _OTHER)


def _sought(word: str, language: _Language) -> Sought:
    bases = language.forms(word).bases
    plain = dict.fromkeys(_plain(word, bases, language))
    # Written without marks by either side: by the writer (=) or by the one who asks (~).
    folded = [f"{FOLDED}{one}" for one in plain] + [f"{BASE}{one}" for one in plain if one not in bases]
    return Sought(
        word=word,
        exact=word,
        bases=tuple(f"{BASE}{base}" for base in bases),
        parts=tuple(f"{PART}{base}" for base in bases),
        beginnings=language.beginnings(word),
        folded=tuple(folded),
    )


def _base(word: str, pieces: tuple[str, ...], language: _Language) -> Iterator[str]:
    yield from _tokens(word, language)
    for piece in pieces:
        yield from (f"{PART}{form}" for form in language.forms(piece).bases)


def _tokens(word: str, language: _Language) -> Iterator[str]:
    bases, parts = language.forms(word)
    yield from (f"{BASE}{base}" for base in bases)
    yield from (f"{PART}{part}" for part in parts)
    if not word.isascii():
        yield from (f"{FOLDED}{one}" for one in dict.fromkeys(_plain(word, bases, language)))


def _plain(word: str, bases: tuple[str, ...], language: _Language) -> Iterator[str]:
    """Word, base forms and stem without the marks over their letters.

    The stem is there since no dictionary reads a word that is typed without its marks.
    """
    yield fold(word)
    yield from map(fold, bases)
    if language.algorithm:
        yield fold(stem(word, language.algorithm))
