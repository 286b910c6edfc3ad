"""Finnish: base forms and the parts of compounds by Voikko where it is installed, stems otherwise."""

import re
import threading
from functools import lru_cache
from typing import Any

from .finnish_inflection import beginnings_of
from .stems import stem
from .word_forms import KEPT_WORDS, Forms

try:
    import libvoikko
except ImportError:  # pragma: no cover
    libvoikko = None

KEPT_QUERIES = 10_000
SHORTEST_PART = 3
_PIECES = re.compile(r"\+([^+(]*)\(([^)]*)\)")


class _Own(threading.local):
    """Voikko may not be called from two threads at once: each thread has its own."""

    voikko: Any = None


_own = _Own()


@lru_cache(1)
def has_voikko() -> bool:
    """Whether the library and its Finnish dictionary are here."""
    if libvoikko is None:
        return False
    try:
        libvoikko.Voikko("fi").terminate()
    except (OSError, libvoikko.VoikkoException):
        return False
    return True


@lru_cache(KEPT_WORDS)
def forms(word: str) -> Forms:
    """The forms of a word in lower case."""
    read = _readings(word) if has_voikko() else []
    if not read:
        return Forms((stem(word, "finnish"),))
    bases = dict.fromkeys(reading["BASEFORM"].lower() for reading in read)
    parts = dict.fromkeys(part for reading in read for part in _parts(reading.get("WORDBASES", "")))
    return Forms(tuple(bases), tuple(part for part in parts if part not in bases))


def _readings(word: str) -> list[dict[str, str]]:
    """Voikko's; names are known to it with a capital, abbreviations in capitals."""
    if _own.voikko is None:
        _own.voikko = libvoikko.Voikko("fi")
    for written in (word, word.capitalize(), word.upper()):
        if read := _own.voikko.analyze(written):
            found: list[dict[str, str]] = read
            return found
    return []


def _parts(pieces: str) -> list[str]:
    """+kirjasto(kirjasto)+auto(auto) → kirjasto, auto. A derivation, +äänest(äänestää)+ys(+ys), has none."""
    bases = [base for _written, base in _PIECES.findall(pieces) if base and not base.startswith("+")]
    words = [word.lower() for base in bases for word in base.split("=")]
    if len(words) < 2:
        return []
    return [word for word in words if len(word) >= SHORTEST_PART]


@lru_cache(KEPT_QUERIES)
def beginnings(word: str) -> tuple[str, ...]:
    """What the inflected forms of a word begin with; it is a base form, or Voikko knows its base form.

    More than there are: these only find, and are ranked below what is certain.
    """
    bases = [reading["BASEFORM"].lower() for reading in _readings(word)] if has_voikko() else []
    return tuple(dict.fromkeys(one for base in bases or [word] for one in beginnings_of(base)))
