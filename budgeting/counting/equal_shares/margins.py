"""When two counts prove that every share between theirs has the same outcome.

Let two counts, with the shares s < t, buy the same projects in the same order. Then in a count with a share
between, as long as that has bought the same too, every purse holds at least what it holds with s and at most
what it holds with t. For with fuller purses the supporters of a project pay at least as much at each price;
so the price they need is not higher; so they have not less left. Therefore ρ of every project lies between
its ρ with t and its ρ with s, and who cannot pay with t cannot pay.

So if in a round ρ of the project bought is, with s, less than ρ of all others with t, it is the one that is
bought between, too. If others are equal to it with both, at the same ρ, they are equal to it between, and
the same tie order decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Margin:
    """A purchase: its ρ is at most `most`, that of all projects not in `equal` at least `rival`.

    `equal` are the project bought and those tied with it; `ratio` is their exact ρ where it was needed.
    """

    place: int
    most: float
    rival: float
    equal: frozenset[int]
    ratio: Fraction | None


def same_between(lower: Sequence[Margin], higher: Sequence[Margin]) -> bool:
    """Whether all counts between buy what these two, with a lower and a higher share, buy."""
    return len(lower) == len(higher) and all(map(_same_round, lower, higher))


def _same_round(low: Margin, high: Margin) -> bool:
    if low.place != high.place or low.most >= high.rival or low.equal != high.equal:
        return False
    return len(low.equal) == 1 or low.ratio == high.ratio
