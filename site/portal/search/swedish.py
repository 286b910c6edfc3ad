"""Swedish: stems. A compound is found by its beginning and by the term list; no word list is shipped to take
compounds apart (docs/decisions/0014)."""

from functools import lru_cache

from .stems import stem
from .word_forms import KEPT_WORDS, SHORTEST_BEGINNING, Forms


@lru_cache(KEPT_WORDS)
def forms(word: str) -> Forms:
    """The stem of a word in lower case."""
    return Forms((stem(word, "swedish"),))


def beginnings(word: str) -> tuple[str, ...]:
    """vård begins vårdcentral; gemensam begins gemensamma."""
    found = stem(word, "swedish")
    return (found,) if len(found) >= SHORTEST_BEGINNING else ()
