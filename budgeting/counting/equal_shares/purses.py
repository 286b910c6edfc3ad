"""What is left in the voters' purses, by kinds: those who paid the same so far have the same left."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.equal_shares.market import Camp
from budgeting.counting.equal_shares.prices import ULP, Backing, Part

EMPTY, FULL = 0, 1


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project bought, by whom, and the bounds of its price."""

    place: int
    backing: Backing
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Birth:
    """The kinds from `first` on that came out of the same purchase (1 is the first), by paying price ×
    value."""

    first: int
    value: int
    purchase: int


class Purses:
    """Every ballot group has one kind of purse, whose content lies between `low` and `high`.

    A kind other than FULL came out of its `parent` by paying. A purse that is certainly empty is of the kind
    EMPTY, unless `keep_empty`, which keeps the trace of what each voter paid for.
    """

    def __init__(self, groups: int, least: Fraction, most: Fraction, keep_empty: bool = False) -> None:
        self.kind_of = [FULL] * groups
        self.low = array("d", (0.0, float(least) * (1 - ULP)))
        self.high = array("d", (0.0, float(most) * (1 + ULP)))
        self.parent = [EMPTY, FULL]
        self.births: list[Birth] = []
        self.purchases: list[Purchase] = []
        self.keep_empty = keep_empty

    def backing(self, cost: int, camps: Sequence[Camp]) -> Backing:
        counted = [(camp.value, camp.count(self.kind_of)) for camp in camps]
        return Backing(cost, counted, self.low, self.high)

    def pay(self, purchase: Purchase, camps: Sequence[Camp]) -> None:
        """Each supporter pays price × value, or all that is left."""
        self.purchases.append(purchase)
        kind_of = self.kind_of
        for camp, part in zip(camps, purchase.backing.parts, strict=True):
            after = self._after(part, purchase)
            for group in camp.groups:
                if kind := kind_of[group]:
                    kind_of[group] = after[kind]

    def _after(self, part: Part, purchase: Purchase) -> dict[int, int]:
        """The kind that each kind becomes."""
        value, kinds, _, lows, highs = part
        most, least = value * purchase.high * (1 + 4 * ULP), value * purchase.low * (1 - 4 * ULP)
        grow, shrink = 1 + 4 * ULP, 1 - 4 * ULP
        left = [(high * grow - least, low * shrink - most) for low, high in zip(lows, highs, strict=True)]
        after = dict.fromkeys(kinds, EMPTY)
        if self.keep_empty:
            going_on = list(kinds)
        else:
            going_on = [kind for kind, bounds in zip(kinds, left, strict=True) if bounds[0] > 0]
            left = [bounds for bounds in left if bounds[0] > 0]
        first = len(self.parent)
        after.update(zip(going_on, range(first, first + len(going_on)), strict=True))
        self.births.append(Birth(first, value, len(self.purchases)))
        self.parent += going_on
        self.high.extend([high if high > 0 else 0.0 for high, _ in left])
        self.low.extend([low if low > 0 else 0.0 for _, low in left])
        return after
