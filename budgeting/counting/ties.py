"""Who goes first among equals: an order of criteria that always ends with the project's id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from budgeting.counting.electorate import Electorate
from budgeting.counting.report import Report

Rank = tuple[int | str, ...]


class TieKey(StrEnum):
    CHEAPER = "cheaper"
    DEARER = "dearer"
    SUPPORTERS = "supporters"
    REGISTERED = "registered"
    LOT = "lot"
    ID = "id"


@dataclass(frozen=True)
class Tie(Report):
    """Projects that were equal at one moment of a count, and what decided.

    `round` is the round that the tie was about. For Equal Shares `share` is the share per voter of the count
    in which it was met, in units of the currency; a walk meets the same tie in many counts, so `counts` says
    in how many, from `share` up to `last_share`, and `adopted` whether one of them is the count that stands.
    """

    round: int
    projects: tuple[str, ...]
    chosen: str
    decided_by: TieKey
    share: Fraction | None = None
    last_share: Fraction | None = None
    counts: int = 1
    adopted: bool = True


class TieOrder:
    """Compares projects by `keys` in turn. `id` compares ids as strings, the smaller first."""

    def __init__(self, electorate: Electorate, keys: Iterable[TieKey], lots: Sequence[str] = ()) -> None:
        self.keys = (*(key for key in keys if key is not TieKey.ID), TieKey.ID)
        self._electorate = electorate
        self._projects = electorate.election.projects
        self._lots = {project: number for number, project in enumerate(lots)}

    def rank(self, place: int, cost: int | None = None, supporters: int | None = None) -> Rank:
        """Sorts projects that are equal otherwise. Another cost or other supporters may be supposed."""
        project = self._projects[place]
        cost = project.cost if cost is None else cost
        criteria: dict[TieKey, int | str] = {
            TieKey.CHEAPER: cost,
            TieKey.DEARER: -cost,
            TieKey.SUPPORTERS: -(self._electorate.supporters[place] if supporters is None else supporters),
            TieKey.REGISTERED: project.number,
            # A project without a lot comes after all that have one.
            TieKey.LOT: self._lots.get(project.id, len(self._lots)),
            TieKey.ID: project.id,
        }
        return tuple(criteria[key] for key in self.keys)

    def first(self, places: Iterable[int]) -> int:
        return min(places, key=self.rank)

    def tie(self, places: Iterable[int], number: int) -> Tie:
        """The entry for the log: who was equal, in the order of their ids, and what decided.

        That is the criterion which left no other project beside the chosen one.
        """
        equal = list(places)
        chosen = self.rank(self.first(equal))
        others = [self.rank(place) for place in equal if self.rank(place) != chosen]
        decisive = max(
            next(number for number, pair in enumerate(zip(chosen, other, strict=True)) if pair[0] != pair[1])
            for other in others
        )
        ids = sorted(self._projects[place].id for place in equal)
        return Tie(number, tuple(ids), str(chosen[-1]), self.keys[decisive])
