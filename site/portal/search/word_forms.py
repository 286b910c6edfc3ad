"""The forms of one word that texts are found by."""

from typing import NamedTuple

KEPT_WORDS = 200_000
"""Forms that a process remembers: a language has few, and Voikko takes 30 µs for one."""
SHORTEST_BEGINNING = 4
"""Letters; fewer begin words of all kinds."""


class Forms(NamedTuple):
    """What a word is.

    `bases` are its base forms, more than one where it can be read in several ways, or its stem where no
    dictionary knows it. `parts` are the base forms of the words it is put together from.
    """

    bases: tuple[str, ...]
    parts: tuple[str, ...] = ()
