"""Text and language to tokens, the same at indexing and at searching and for every backend.

Two fields hold the tokens, separated by spaces. `exact` has the words as they were written, in lower case.
`base` has, each behind its mark: `=` base forms, `+` base forms of the words in a compound, `~` what has
letters that some keyboards lack, written without their marks (å, ä → a, ö → o), `^` what stands in the title,
`@` the language. No backend analyses further.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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
    made_by = analyser(language)
    exact: list[str] = []
    pieces: list[str] = []
    base: list[str] = []
    for word in words(text):
        exact.append(word)
        pieces += joined(word)
        base += _base_of_word(word, language[:2], made_by)
    return Tokens(" ".join([*exact, BREAK, *pieces] if pieces else exact), " ".join(base))


def analyse_entry(title: str, passage: str, language: str) -> Tokens:
    """The tokens of something that has a title, with spaces at both ends; each token of `base` once."""
    known = _known(language)
    top, text = analyse(title, language), analyse(passage, language)
    bases = dict.fromkeys([*top.base.split(), *text.base.split()])
    in_title = list(words(title))
    titles = [
        *in_title,
        *(f"{BASE}{base}" for word in in_title for base in known.forms(word).bases),
        *(f"{FOLDED}{fold(word)}" for word in in_title if not word.isascii()),
    ]
    marked = dict.fromkeys(f"{TITLE}{token}" for token in titles)
    exact = f" {top.exact} {BREAK} {text.exact} " if top.exact else f" {text.exact} "
    return Tokens(exact, " ".join([*bases, *marked, f"{LANGUAGE}{language[:5]}"]))


def analyser(language: str) -> str:
    """Name and version of what makes the tokens of a language here; other tokens have another name."""
    voikko = language[:2] == "fi" and finnish.has_voikko()
    return f"{VERSION}{'v' if voikko else ''}"


@lru_cache(KEPT_TOKENS)
def tokens_of_word(word: str, language: str) -> frozenset[str]:
    """Everything that one word in lower case is found by, of both fields."""
    return frozenset([word, *joined(word), *_base_of_word(word, language[:2], analyser(language))])


@lru_cache(KEPT_TOKENS)
def _base_of_word(word: str, language: str, made_by: str) -> tuple[str, ...]:
    """A text says the same words again and again, and other texts do."""
    return tuple(_all_tokens(word, _known(language)))


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


def _all_tokens(word: str, language: _Language) -> Iterator[str]:
    yield from _tokens(word, language)
    for piece in joined(word):
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
