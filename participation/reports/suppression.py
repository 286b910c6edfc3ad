"""Suppression of small groups in tables, and of what would give them away.

Rule: a group of 1–4 persons is suppressed. Then further groups, taken in an order that was fixed before the
data were seen, are suppressed until the suppressed groups together hold more than 4 persons for every small
group and 5 for every other. What is left of the total tells only their sum. If the table runs out of groups
first, all of it is withheld, zeros too.

Why this holds: let p groups be small, j others be suppressed with them, and S > 4p + 5j be their sum. The
small groups may have *any* values 1–4: give the first j−1 others 5 each and the last one the rest, which is
S − 4p − 5(j−1) ≥ 6 or more. The sum before the last one was at most 4p + 5(j−1), so the rule would have gone
on exactly as it did. So not even a reader who knows the rule, the sum and which groups are small learns more
than "between 1 and 4". (A rule that looks at the values to choose the further groups, such as "the smallest
one", does not have this property.) Tables by one background each share nothing but the grand total, and any
such tables with equal totals fit together (Fréchet), so nothing is gained by holding them side by side.

Sources: Hundepool, Domingo-Ferrer, Franconi, Giessing, Nordholt, Spicer, de Wolf: Statistical Disclosure
Control (Wiley 2012), ch. 4–5, for threshold rule and secondary suppression; Wong, Fu, Wang, Pei: Minimality
attack in privacy preserving data publishing (VLDB 2007), for readers who know the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 5


@dataclass(frozen=True)
class Suppression:
    """Places hidden in a table, and whether all of it is withheld (zeros too)."""

    hidden: frozenset[int]
    withheld: bool = False


def suppress(persons: Sequence[int], order: Sequence[int] | None = None) -> Suppression:
    """Which cells of a table that has one total are hidden.

    persons: persons per group. order: places in the fixed order in which further groups are taken; it begins
    after the last small group and goes round. Default: the table's own order.
    """
    small = {place for place, count in enumerate(persons) if 0 < count < THRESHOLD}
    if not small:
        return Suppression(frozenset())
    ring = list(order) if order is not None else list(range(len(persons)))
    start = max(ring.index(place) for place in small) + 1
    hidden = set(small)
    left = sum(persons[place] for place in small) - (THRESHOLD - 1) * len(small)
    for place in ring[start:] + ring[:start]:
        if persons[place] and place not in small:
            hidden.add(place)
            left += persons[place] - THRESHOLD
            if left > 0:
                return Suppression(frozenset(hidden))
    return Suppression(frozenset(range(len(persons))), withheld=True)
