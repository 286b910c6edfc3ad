""" "Did you mean": the nearest words that public texts hold, offered only when something is found by them."""

import time
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .asking import Asked, Filters, total
from .backends.choice import answer_by_any
from .models import SearchWord
from .reading import Reading, read
from .scope import Scope

FEW = 3
"""Found fewer than this, a word may have been misspelt."""
SHORTEST = 4
CANDIDATES = 8
KEPT_SECONDS = 600


def better_words(reading: Reading, scope: Scope, found: int) -> str:
    """The question with its unknown words mended; empty when there is nothing better."""
    if found >= FEW or reading.phrases:
        return ""
    known = _known_words(reading.language)
    mended = [known.nearest(word) for word in reading.words]
    if mended == reading.words:
        return ""
    better = " ".join(mended)
    # A word may have gone from public view since the list was made.
    asked = Asked(read(better, reading.language), scope)
    now_found = total(answer_by_any(lambda backend: backend.cells(asked)), Filters(), scope)
    return better if now_found > found else ""


class Words:
    """Words of one language, as frequent as they are in public texts."""

    def __init__(self, words: dict[str, int]) -> None:
        self._words = words
        self._list = list(words)

    def nearest(self, word: str) -> str:
        """The word itself if texts hold it or nothing is near; else the nearest, the most frequent one."""
        if word in self._words or len(word) < SHORTEST or not word.isalpha():
            return word
        most = 1 if len(word) < 8 else 2
        near = process.extract(word, self._list, scorer=OSA.distance, score_cutoff=most, limit=CANDIDATES)
        if not near:
            return word
        return min(near, key=lambda one: (one[1], -self._words[one[0]], one[0]))[0]


def _known_words(language: str) -> Words:
    return _made(language, int(time.time() // KEPT_SECONDS))


@lru_cache(3)
def _made(language: str, _period: int) -> Words:
    """Read anew after each period; who has made a new list in this process forgets the old one at once."""
    return Words(dict(SearchWord.objects.filter(language=language).values_list("word", "entries")))


def forget_words() -> None:
    _made.cache_clear()
