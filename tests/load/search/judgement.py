"""Texts, and what a judge says of a word: which texts have it, and which have it only inside a compound."""

from dataclasses import dataclass

ITSELF, COMPOUND = 2, 1
"""Gains. Who types `kirjasto` wants the library, and would rather see `kirjastoauto` than nothing."""
FEWEST, MOST = 3, 20
"""Relevant texts of a word of the gold set."""
BARS = {("fi", True): 0.90, ("fi", False): 0.75, ("sv", True): 0.85, ("sv", False): 0.85}
"""Recall@20 to reach, by language and whether Voikko is used."""


@dataclass(frozen=True, slots=True)
class Text:
    id: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    word: str
    language: str
    gains: dict[int, int]

    @property
    def relevant(self):
        """Texts that have the word itself, in any form: what recall is of."""
        return {number for number, gain in self.gains.items() if gain == ITSELF}

    @property
    def related(self):
        """The same and the compounds: what is no mistake to show."""
        return set(self.gains)
