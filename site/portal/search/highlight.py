"""The passage of a text around the words that were asked for, with those words marked."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .analysis import tokens_of_word
from .enums import Tier
from .reading import Reading, tokens
from .words import LONGEST_WORD, spans

PASSAGE = 240
"""Characters that are shown."""
LOOKED_THROUGH = 40_000
"""Characters that are looked through for the words."""
ENOUGH = 40


class Piece(NamedTuple):
    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage in pieces; `related` are its words that only the term list or another language led to."""

    pieces: tuple[Piece, ...]
    related: tuple[str, ...]


class _Hit(NamedTuple):
    start: int
    end: int
    segment: int
    word: str
    is_related: bool


class Marker:
    """Marks the words of one question in texts of any language."""

    def __init__(self, reading: Reading) -> None:
        self._segments = []
        for segment in reading.segments:
            by_tier = segment.by_tier
            direct = tokens(one for tier in Tier if tier != Tier.RELATED for one in by_tier.get(tier, ()))
            self._segments.append((direct, tokens(by_tier.get(Tier.RELATED, ()))))

    def whole(self, text: str, language: str) -> Shown:
        """All of a short text, such as a title."""
        normal = unicodedata.normalize("NFC", text)
        return _shown(normal, 0, len(normal), self._hits(normal, language))

    def passage(self, text: str, language: str) -> Shown:
        """The part of a text where most of what was asked for stands; its beginning if nothing does."""
        normal = unicodedata.normalize("NFC", text)
        hits = self._hits(normal[:LOOKED_THROUGH], language)
        start, end = _window(normal, hits)
        return _shown(normal, start, end, [hit for hit in hits if start <= hit.start and hit.end <= end])

    def _hits(self, text: str, language: str) -> list[_Hit]:
        found: list[_Hit] = []
        for start, end, word in spans(text):
            place = self._segment_of(word, language)
            if place is not None:
                found.append(_Hit(start, end, place[0], word, place[1]))
                if len(found) == ENOUGH:
                    break
        return found

    def _segment_of(self, word: str, language: str) -> tuple[int, bool] | None:
        own = tokens_of_word(word, language)
        related = None
        for number, (direct, other) in enumerate(self._segments):
            if not own.isdisjoint(direct[0]) or word.startswith(direct[1]):
                return number, False
            if related is None and (not own.isdisjoint(other[0]) or word.startswith(other[1])):
                related = (number, True)
        return related


def _window(text: str, hits: Sequence[_Hit]) -> tuple[int, int]:
    if not hits:
        return 0, _end(text, PASSAGE)

    def richness(first: _Hit) -> tuple[int, int]:
        within = {
            hit.segment for hit in hits if first.start <= hit.start and hit.end <= first.start + PASSAGE
        }
        return len(within), -first.start

    best = max(hits, key=richness)
    start = 0
    if best.end > PASSAGE - PASSAGE // 3:
        start = _beginning(text, max(best.start - PASSAGE // 3, 0))
    return start, max(_end(text, start + PASSAGE), best.end)


def _beginning(text: str, place: int) -> int:
    """The beginning of the word at a place; a place within what is longer than any word stays."""
    spaces = [at for at in range(max(place - LONGEST_WORD, 0), place) if text[at].isspace()]
    return spaces[-1] + 1 if spaces else place


def _end(text: str, limit: int) -> int:
    """The end of the last word before the limit."""
    if len(text) <= limit:
        return len(text)
    spaces = [at for at in range(limit - LONGEST_WORD, limit + 1) if text[at].isspace()]
    return spaces[-1] if spaces else limit


def _shown(text: str, start: int, end: int, hits: Sequence[_Hit]) -> Shown:
    pieces: list[Piece] = [Piece("… ", False)] if start else []
    place = start
    for hit in hits:
        if hit.start > place:
            pieces.append(Piece(text[place : hit.start], False))
        pieces.append(Piece(text[hit.start : hit.end], True))
        place = hit.end
    if place < end:
        pieces.append(Piece(text[place:end], False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return Shown(tuple(pieces), tuple(dict.fromkeys(hit.word for hit in hits if hit.is_related)))
