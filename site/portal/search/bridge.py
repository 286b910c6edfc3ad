"""From a word to its counterparts: other languages, synonyms and abbreviations of the term list."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .analysis import KNOWN_LANGUAGES, LANGUAGE, understand
from .expressions import Expression, Term, all_of, any_of
from .function_words import FUNCTION_WORDS, worth_looking_for
from .models import SearchTerm

KEPT_SECONDS = 60
LONGEST_TERM = 5
"""Words of a question that are read as one term."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a term: its words, and the base forms of each in its language."""

    language: str
    text: str
    exact: tuple[str, ...]
    bases: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Words start … end - 1 of a question are a term, and this is what else it is called."""

    start: int
    end: int
    alternatives: list[Expression]


class Bridge:
    """The terms, ready for looking up; made anew when the list has changed."""

    def __init__(self, terms: Iterable[Mapping[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[Name, list[Name]]]] = defaultdict(list)
        for term in terms:
            names = [
                name
                for language in KNOWN_LANGUAGES
                for text in term[language].split("|")
                if (name := _name(text.strip(), language)) is not None
            ]
            for name in names:
                others = [other for other in names if other.exact != name.exact]
                if others:
                    for key in {*name.bases[0], name.exact[0]}:
                        self._by_first[key].append((name, others))

    def find(self, asked: Sequence[str], language: str) -> list[Related]:
        """Terms among the words, longest first, none over another."""
        bases = [_bases(word, language) | {word} for word in asked]
        found: list[Related] = []
        place = 0
        while place < len(asked):
            related = self._at(place, asked, bases)
            if related is None:
                place += 1
            else:
                found.append(related)
                place = related.end
        return found

    def _at(self, place: int, asked: Sequence[str], bases: Sequence[frozenset[str]]) -> Related | None:
        fitting = [
            (end, others)
            for key in sorted(bases[place])
            for name, others in self._by_first.get(key, ())
            if (end := _end(name, place, asked, bases)) is not None
        ]
        if not fitting:
            return None
        farthest = max(end for end, _ in fitting)
        names = dict.fromkeys(name for end, others in fitting if end == farthest for name in others)
        return Related(place, farthest, [_expression(name) for name in names])


def _end(name: Name, place: int, asked: Sequence[str], bases: Sequence[frozenset[str]]) -> int | None:
    """Where a name that begins there ends; its own language's and, or, the may be between its words."""
    between = FUNCTION_WORDS[name.language]
    at = place
    for exact, forms in zip(name.exact, name.bases, strict=True):
        while place < at < len(asked) and asked[at] in between and asked[at] != exact:
            at += 1
        if at == len(asked) or not (asked[at] == exact or bases[at] & forms):
            return None
        at += 1
    return at


def _bases(word: str, language: str) -> frozenset[str]:
    return frozenset(base for one in understand(word, language) for base in one.bases)


def _name(text: str, language: str) -> Name | None:
    sought = worth_looking_for(understand(text, language), language)
    if not sought or len(sought) > LONGEST_TERM:
        return None
    return Name(
        language=language,
        text=text,
        exact=tuple(one.word for one in sought),
        bases=tuple(frozenset(one.bases) for one in sought),
    )


def _expression(name: Name) -> Expression:
    """The words of a name as they are found in texts of its language, in compounds too.

    By their beginnings as well: a stem alone parts verkstad from verkstaden, as no dictionary is at hand.
    """
    found: list[Expression] = [Term(f"{LANGUAGE}{name.language}")]
    for word in name.exact:
        (one,) = understand(word, name.language)
        whole = map(Term, (one.exact, *one.bases, *one.parts))
        found.append(any_of([*whole, *(Term(beginning, is_beginning=True) for beginning in one.beginnings)]))
    return all_of(found)


def current() -> Bridge:
    """The list as it is, or was a minute ago when another process has changed it."""
    return _made(int(time.time() // KEPT_SECONDS))


@lru_cache(1)
def _made(_period: int) -> Bridge:
    return Bridge(SearchTerm.objects.values(*KNOWN_LANGUAGES))


def forget() -> None:
    """For whoever has changed the list."""
    _made.cache_clear()
