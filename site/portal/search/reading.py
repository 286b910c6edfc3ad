"""A question as it was typed, read: what each of its words may be found by, the best first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .analysis import FOLDED, KNOWN_LANGUAGES, LANGUAGE, MOST_QUERY_CHARACTERS, TITLE, Sought, understand
from .bridge import Bridge, Related
from .enums import Tier
from .expressions import AllOf, Expression, Term, all_of, any_of, terms
from .function_words import worth_looking_for
from .words import fold, words

MOST_PHRASES = 3
_QUOTED = re.compile('["”“„»«]([^"”“„»«]+)["”“„»«]')


@dataclass(slots=True)
class Segment:
    """A word of the question, or words that together are one term: alternatives by tier."""

    words: tuple[str, ...]
    by_tier: dict[Tier, list[Expression]] = field(default_factory=dict)
    in_title: list[Expression] = field(default_factory=list)

    def add(self, tier: Tier, found: Iterable[Expression]) -> None:
        self.by_tier.setdefault(tier, []).extend(found)

    def up_to(self, tier: Tier) -> Expression:
        return any_of(one for known in Tier if known <= tier for one in self.by_tier.get(known, ()))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks for in the language of the one who asks. `phrases` are words side by side."""

    language: str
    segments: tuple[Segment, ...]
    phrases: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.segments

    def expression(self, tier: Tier) -> Expression:
        """What an entry of that tier or a better one holds."""
        return all_of(segment.up_to(tier) for segment in self.segments)

    @property
    def everything(self) -> Expression:
        return self.expression(Tier.RELATED)

    @property
    def title(self) -> Expression:
        return all_of(any_of(segment.in_title) for segment in self.segments)

    @property
    def words(self) -> list[str]:
        return [word for segment in self.segments for word in segment.words]


def read(text: str, language: str, bridge: Bridge | None = None) -> Reading:
    """Reads a question; whatever was typed, there is an answer: nothing to look for is an empty reading."""
    typed = text[:MOST_QUERY_CHARACTERS]
    phrases = _phrases(typed)
    quoted = {word for phrase in phrases for word in phrase.split()}
    sought = worth_looking_for(understand(typed, language), language, quoted)
    related = bridge.find([one.word for one in sought], language) if bridge else []
    return Reading(language, tuple(_segments(sought, language, related)), phrases)


def read_beginning(text: str, language: str) -> Reading:
    """What somebody is still typing: titles that have the words, the last one perhaps unfinished."""
    sought = understand(text, language)
    segments = [_of_word(one, language) for one in sought]
    if segments:
        last = sought[-1].word
        segments[-1].in_title = [
            Term(f"{TITLE}{last}", is_beginning=True),
            # Without marks, by either side.
            Term(f"{TITLE}{fold(last)}", is_beginning=True),
            Term(f"{TITLE}{FOLDED}{fold(last)}", is_beginning=True),
            *segments[-1].in_title,
        ]
    return Reading(language, tuple(segments), ())


def _phrases(typed: str) -> tuple[str, ...]:
    found = (" ".join(words(quoted)) for quoted in _QUOTED.findall(typed))
    return tuple(dict.fromkeys(phrase for phrase in found if " " in phrase))[:MOST_PHRASES]


def _segments(sought: list[Sought], language: str, related: list[Related]) -> Iterable[Segment]:
    by_start = {found.start: found for found in related}
    place = 0
    while place < len(sought):
        found = by_start.get(place)
        end = found.end if found else place + 1
        yield _segment(sought[place:end], language, found)
        place = end


def _segment(sought: list[Sought], language: str, related: Related | None) -> Segment:
    made = Segment(tuple(one.word for one in sought))
    parts = [_of_word(one, language) for one in sought]
    for tier in Tier:
        if any(tier in part.by_tier for part in parts):
            # Together they are of a tier when the worst of them is.
            made.add(tier, [all_of(part.up_to(tier) for part in parts)])
    made.in_title = [all_of(any_of(part.in_title) for part in parts)]
    if related is not None:
        made.add(Tier.RELATED, related.alternatives)
    return made


def _of_word(one: Sought, language: str) -> Segment:
    made = Segment((one.word,))
    made.add(Tier.EXACT, [Term(one.exact)])
    made.add(Tier.BASE, map(Term, one.bases))
    made.add(Tier.PART, map(Term, one.parts))
    made.add(Tier.BEGINNING, (Term(beginning, is_beginning=True) for beginning in one.beginnings))
    made.add(Tier.FOLDED, map(Term, one.folded))
    made.add(Tier.RELATED, _in_other_languages(one.word, language))
    made.in_title = [Term(f"{TITLE}{one.word}"), *(Term(f"{TITLE}{base}") for base in one.bases)]
    return made


def _in_other_languages(word: str, language: str) -> Iterable[Expression]:
    """Somebody who asks in Finnish for a Swedish word means what is written in Swedish."""
    for other in KNOWN_LANGUAGES:
        if other == language[:2]:
            continue
        for one in understand(word, other):
            beginnings = (Term(beginning, is_beginning=True) for beginning in one.beginnings)
            forms = any_of([*map(Term, (*one.bases, *one.parts)), *beginnings])
            yield AllOf((Term(f"{LANGUAGE}{other}"), forms))


def tokens(expressions: Iterable[Expression]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Tokens and beginnings that mark a word as one that was asked for."""
    found = [
        term for one in expressions for term in terms(one) if not term.token.startswith((LANGUAGE, TITLE))
    ]
    whole = frozenset(term.token for term in found if not term.is_beginning)
    return whole, tuple({term.token for term in found if term.is_beginning})
