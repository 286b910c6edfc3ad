"""What the inflected forms of a Finnish base form begin with.

A stemmer gives `virallinen` and `virallisten`, or `totuus` and `totuuden`, different stems. From the base
form their beginnings follow by consonant gradation and the type of the word (Iso suomen kielioppi, § 41–66).
"""

import re
from collections.abc import Callable

from .word_forms import SHORTEST_BEGINNING

_VOWEL = "aeiouyäö"
_GRADES = [
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("mp", "mm"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("t", "d"),
    ("p", "v"),
    ("k", ""),
]
"""Consonant gradation: strong, weak."""
_LAST_CONSONANTS = re.compile(rf"(.*[{_VOWEL}])?([^{_VOWEL}]+)([{_VOWEL}]*)$")
_BEFORE_SINGLE = ("", "h", "l", "r")


def _may_change(consonants: str, grade: str) -> bool:
    if len(grade) > 1:
        return consonants.endswith(grade)
    return any(consonants == before + grade for before in _BEFORE_SINGLE)


def grades(beginning: str) -> set[str]:
    """The beginning with its last consonants in both grades: katu → katu, kadu; tieto → tieto, tiedo."""
    found = {beginning}
    matched = _LAST_CONSONANTS.match(beginning)
    if matched is None:
        return found
    before, consonants, vowels = matched[1] or "", matched[2], matched[3]
    for strong, weak in _GRADES:
        for one, other in ((strong, weak), (weak, strong)):
            if one and _may_change(consonants, one):
                found.add(before + consonants.removesuffix(one) + other + vowels)
    return found


def _of_us(word: str) -> set[str]:
    """luottamus: luottamukse-, totuus: totuude-, varaus: varaukse-, rakkaus: rakkaude-."""
    body = word[:-1]
    return {word, f"{body}ks", f"{body}d", f"{body}t"}


def _of_s(word: str) -> set[str]:
    """eväs: evää-, sotilas: sotilaa-, jänis: jänikse-."""
    body = word[:-1]
    return {word, f"{body}ks"} | grades(body) | grades(body[:-1])


def _of_verb(word: str) -> set[str]:
    """antaa: anna-, anno-; tavata: tapaa-; kuunnella: kuuntele-; päästä: pääse-."""
    if re.search(r"[ou]?[dt][aä]$", word) and not word.endswith(("taa", "tää")):
        return {word[:-2]} | grades(word[:-2]) | grades(word[:-3])
    if re.search(r"(ll|nn|rr|st)[aä]$", word):
        return {word[:-2]} | grades(word[:-3])
    body = word[:-1]
    return grades(body) | {one[:-1] for one in grades(body)}


def _of_ton(word: str) -> set[str]:
    """järjetön: järjettömä-."""
    return {word[:-1], f"{word[:-3]}tt{word[-2]}m"}


def _of_vowel(word: str) -> set[str]:
    """katu: kadu-; kirja: kirjo-, as the last a or ä gives way."""
    found = grades(word)
    if word[-1] in "aä" and len(word) > SHORTEST_BEGINNING:
        found |= {one[:-1] for one in found}
    return found


_TYPES: list[tuple[re.Pattern[str], Callable[[str], set[str]]]] = [
    (re.compile(r"nen$"), lambda word: {f"{word[:-3]}s"}),
    (re.compile(r"[uy]s$"), _of_us),
    (re.compile(r"s$"), _of_s),
    (re.compile(r"t[oö]n$"), _of_ton),
    (re.compile(r"[uy]t$"), lambda word: {word[:-1], word[:-2]}),
    (re.compile(rf"([{_VOWEL}dt]|ll|nn|rr|st)[aä]$"), _of_verb),
    (re.compile(r"i$"), lambda word: grades(word[:-1])),
    (re.compile(rf"[{_VOWEL}]$"), _of_vowel),
]
"""Types of words by their endings; the first that fits is taken."""


def beginnings_of(base: str) -> list[str]:
    found = next((inflect(base) for ending, inflect in _TYPES if ending.search(base)), {base})
    return sorted(one for one in found if len(one) >= min(SHORTEST_BEGINNING, len(base) - 1) > 1)
