"""Text and language to tokens, the same at indexing and at searching and for every backend.

Two fields hold the tokens, separated by spaces. `exact` has the words as they were written, in lower case.
`base` has, each behind its mark: `=` base forms, `+` base forms of the words in a compound, `~` what has
letters that some keyboards lack, written without their marks (å, ä → a, ö → o). No backend analyses further.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from . import finnish, swedish
from .forms import KEPT_WORDS, Forms
from .stems import stem
from .words import fold, joined, words

BASE, PART, FOLDED = "=", "+", "~"
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
_OTHER = _Language(_itself, _no_beginnings, "")


def analyse(text: str, language: str) -> Tokens:
    """The tokens of a text; `language` is a code such as fi or sv-FI, anything else is taken word by word."""
    known = _known(language)
    exact: list[str] = []
    base: list[str] = []
    for word in words(text):
        pieces = joined(word)
        exact += [word, *pieces]
        base += _tokens(word, known)
        for piece in pieces:
            base += [f"{PART}{form}" for form in known.forms(piece).bases]
    return Tokens(" ".join(exact), " ".join(base))


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
