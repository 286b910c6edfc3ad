"""What is left in the voters' purses, by kinds: those who paid the same so far have the same left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.equal_shares.market import Camp
from budgeting.counting.equal_shares.prices import ULP, Backing, Part

EMPTY, FULL = 0, 1

# For each camp of a project its value, and how many voters have which kind of purse.
Counted = Sequence[tuple[int, Mapping[int, int]]]


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project bought, by whom, and the bounds of its price."""

    place: int
    backing: Backing
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Birth:
    """The kinds from `first` on came out of one purchase (1 is the first), by paying price × value."""

    first: int
    value: int
    purchase: int


class State:
    """Which kind of purse every ballot group has between two purchases, and what was counted of it."""

    __slots__ = ("counted", "kind_of")

    def __init__(self, kind_of: list[int]) -> None:
        self.kind_of = kind_of
        self.counted: dict[int, Counted] = {}


class Trace:
    """The states of a count and what led from each to the next: the project, and what its purses became.

    In a walk the next count often begins with the same purchases, at other prices, that leave the same voters
    without money. Kinds of purse are numbered as they arise, so until then it has the same states.
    """

    def __init__(self, groups: int) -> None:
        self.states = [State([FULL] * groups)]
        self.steps: list[tuple[int, list[dict[int, int]]]] = []


class Purses:
    """Every ballot group has one kind of purse, whose content lies between `low` and `high`.

    A kind other than FULL came out of its `parent` by paying. A purse that is certainly empty is of the kind
    EMPTY, unless `keep_empty`, which keeps the trace of what each voter paid for. `earlier` is the trace of
    another count in the same market.
    """

    def __init__(
        self,
        groups: int,
        share: Fraction,
        keep_empty: bool = False,
        earlier: Trace | None = None,
    ) -> None:
        self.low = [0.0, float(share) * (1 - ULP)]
        self.high = [0.0, float(share) * (1 + ULP)]
        self.parent = [EMPTY, FULL]
        self.births: list[Birth] = []
        self.purchases: list[Purchase] = []
        self.keep_empty = keep_empty
        self._earlier = earlier
        self.trace = Trace(groups)
        if earlier:
            self.trace.states[0] = earlier.states[0]

    def counted(self, place: int, camps: Sequence[Camp]) -> Counted:
        state = self.trace.states[-1]
        if place not in state.counted:
            state.counted[place] = [(camp.value, camp.count(state.kind_of)) for camp in camps]
        return state.counted[place]

    def backing(self, place: int, cost: int, camps: Sequence[Camp]) -> Backing:
        return Backing(cost, self.counted(place, camps), self.low, self.high)

    def pay(self, purchase: Purchase, camps: Sequence[Camp]) -> None:
        """Each supporter pays price × value, or all that is left."""
        self.purchases.append(purchase)
        step = purchase.place, [self._after(part, purchase) for part in purchase.backing.parts]
        self.trace.steps.append(step)
        number = len(self.trace.steps)
        known = self._earlier
        if known and known.steps[number - 1 : number] == [step]:
            self.trace.states.append(known.states[number])
            return
        self._earlier = None
        kind_of = list(self.trace.states[-1].kind_of)
        for camp, after in zip(camps, step[1], strict=True):
            for group in camp.groups:
                if kind := kind_of[group]:
                    kind_of[group] = after[kind]
        self.trace.states.append(State(kind_of))

    def _after(self, part: Part, purchase: Purchase) -> dict[int, int]:
        """The kind that each kind becomes."""
        most = part.value * purchase.high * (1 + 4 * ULP)
        least = part.value * purchase.low * (1 - 4 * ULP)
        grow, shrink = 1 + 4 * ULP, 1 - 4 * ULP
        highs = [high * grow - least for high in part.highs]
        lows = [low * shrink - most for low in part.lows]
        going_on = part.kinds
        after: dict[int, int] = {}
        if not self.keep_empty and min(highs, default=1.0) <= 0:
            after = dict.fromkeys(going_on, EMPTY)
            going_on = [kind for kind, high in zip(going_on, highs, strict=True) if high > 0]
            lows = [low for low, high in zip(lows, highs, strict=True) if high > 0]
            highs = [high for high in highs if high > 0]
        first = len(self.parent)
        after.update(zip(going_on, range(first, first + len(going_on)), strict=True))
        self.births.append(Birth(first, part.value, len(self.purchases)))
        self.parent += going_on
        self.high += not_negative(highs)
        self.low += not_negative(lows)
        return after


def not_negative(amounts: list[float]) -> list[float]:
    if min(amounts, default=0.0) >= 0:
        return amounts
    return [amount if amount > 0 else 0.0 for amount in amounts]
