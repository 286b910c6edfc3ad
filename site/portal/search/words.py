"""Words of a text: what is a word, and how it is written without the marks over its letters."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 64
"""Characters; what is longer is no word of any language and is cut."""
# Letters and digits, joined by what stands inside words: sote-palvelut, EU:n, vaa'an, 5-vuotias.
_WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")
_JOINTS = re.compile(r"[-'’:]")
# Letters that Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss"})


def words(text: str) -> list[str]:
    """Words in lower case, composed; the apostrophe always straight."""
    found = _WORD.findall(unicodedata.normalize("NFC", text))
    # All at once: a space ends a word for whatever is done to it.
    return [word[:LONGEST_WORD] for word in _plain(" ".join(found)).split()]


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word of a composed text stands, and the word."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), _plain(found[0])[:LONGEST_WORD]


def _plain(words: str) -> str:
    """In lower case İ leaves its dot behind, a character of its own that no word holds."""
    return words.lower().replace("\N{COMBINING DOT ABOVE}", "").replace("’", "'")


def joined(word: str) -> list[str]:
    """The words that a hyphen holds together: sote-palvelut → sote, palvelut; none for a plain word."""
    pieces = _JOINTS.split(word)
    return [piece for piece in pieces if len(piece) > 1] if len(pieces) > 1 else []


def fold(word: str) -> str:
    """å and ä as a, ö as o, é as e: how a word is typed on a keyboard that lacks them."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
