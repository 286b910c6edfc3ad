"""Alphabetical order of Finland on both databases and in Python: å, ä and ö after z, w after v.

PostgreSQL has it from ICU. SQLite gets a collation of the same name, made of `sort_key`, on every connection.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import F
from django.db.models.functions import Collate

COLLATION = "fi-x-icu"
AFTER_Z = {"å": (1, 0), "ä": (2, 0), "æ": (2, 1), "ö": (3, 0), "ø": (3, 1)}
"""Letters after z with their foreign twins: place among them, then 1 for the twin."""
AS_OTHER = {"ü": "y", "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "ł": "l", "ŋ": "n", "œ": "oe"}
Z_PLUS = ord("z")

SortKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...], str]


def alphabetical(expression: Any) -> Collate:
    """For `order_by`: `Unit.objects.order_by(alphabetical("name_sv"))`."""
    return Collate(F(expression) if isinstance(expression, str) else expression, COLLATION)


def sort_key(text: str, language: str = "fi") -> SortKey:
    """Letters first, then accents, then case (small before capital), then the text itself.

    Spaces and punctuation come before digits, digits before letters, as in ICU. Finnish and Swedish share
    their alphabet; any other language gets å, ä and ö as accented a and o.
    """
    nordic = language[:2] in ("fi", "sv")
    letters: list[tuple[int, int]] = []
    accents: list[int] = []
    cases: list[int] = []
    for character in unicodedata.normalize("NFC", text):
        for primary, accent in _weights(character.lower(), nordic):
            letters.append(primary)
            accents.append(accent)
            cases.append(int(character.isupper()))
    return tuple(letters), tuple(accents), tuple(cases), text


def _weights(character: str, nordic: bool) -> list[tuple[tuple[int, int], int]]:
    """Primary weight (class, place) and accent of each letter that this character stands for."""
    if nordic and character in AFTER_Z:
        place, twin = AFTER_Z[character]
        return [((2, Z_PLUS + place), twin)]
    if character in AS_OTHER:
        return [((2, ord(letter)), 1) for letter in AS_OTHER[character]]
    found: list[tuple[tuple[int, int], int]] = []
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.combining(part):
            if found:
                found[-1] = (found[-1][0], ord(part))
        elif part.isalpha():
            found.append(((2, ord(part)) if part < "{" else (3, ord(part)), 0))
        elif part.isdigit():
            found.append(((1, unicodedata.digit(part, ord(part))), 0))
        else:
            found.append(((0, ord(part)), 0))
    return found


def _compare(first: str, second: str) -> int:
    one, two = sort_key(first), sort_key(second)
    return (one > two) - (one < two)


def add_to_sqlite(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def connect() -> None:
    """Called once, when the core app is ready."""
    connection_created.connect(add_to_sqlite, dispatch_uid="portal.core.collation")
