"""What the voters said, ready to count: scores, supporters, and ballots that say the same put together.

Projects go by their place in `election.projects` here, ids come back in the result. Values are multiplied
by one number, `scale`, that makes all of them whole; no rule's outcome depends on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain
from operator import attrgetter

from budgeting.counting.model import Election

# The projects that a ballot gives a value, with the value, in the order of the projects.
Values = tuple[tuple[int, int], ...]


class Electorate:
    """Every row of VOTES is a voter, an empty ballot too."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.voters = len(election.ballots)
        self._place: Mapping[str, int] = {
            project.id: place for place, project in enumerate(election.projects)
        }

    @cached_property
    def scale(self) -> int:
        if not self.election.vote_type.has_points:
            return 1
        return math.lcm(
            *{point.denominator for ballot in self.election.ballots for point in ballot.points or ()}
        )

    @cached_property
    def score(self) -> Sequence[int]:
        """The sum of the values given to each project, `scale` times."""
        return self._tallies[0]

    @property
    def positive_score(self) -> Sequence[int]:
        """The same without the values below nothing."""
        return self._tallies[2]

    @cached_property
    def supporters(self) -> Sequence[int]:
        """The number of ballots that give each project more than nothing."""
        return self._tallies[1]

    def true_score(self, place: int) -> Fraction:
        return Fraction(self.score[place], self.scale)

    @cached_property
    def _tallies(self) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        ids = [project.id for project in self.election.projects]
        if self.election.vote_type.is_choice:
            votes = Counter(chain.from_iterable(map(attrgetter("projects"), self.election.ballots)))
            counted = [votes[project] for project in ids]
            return counted, counted, counted
        score: Counter[int] = Counter()
        positive: Counter[int] = Counter()
        supporters: Counter[int] = Counter()
        for values, voters in self.groups.items():
            for place, value in values:
                score[place] += value * voters
                if value > 0:
                    supporters[place] += voters
                    positive[place] += value * voters
        places = range(len(ids))
        return (
            [score[place] for place in places],
            [supporters[place] for place in places],
            [positive[place] for place in places],
        )

    @cached_property
    def groups(self) -> Mapping[Values, int]:
        """How many ballots say the same. Values of nothing are left out."""
        place_of = self._place
        pairs: dict[tuple[int, int], tuple[int, int]] = {}
        groups: Counter[Values] = Counter()
        for (projects, values), voters in self._written():
            said = sorted(
                (place_of[project], value) for project, value in zip(projects, values, strict=True) if value
            )
            groups[tuple([pairs.setdefault(pair, pair) for pair in said])] += voters
        return groups

    def _written(self) -> Iterator[tuple[tuple[Sequence[str], Sequence[int]], int]]:
        """Projects and whole values, and how many ballots wrote just that."""
        election, scale = self.election, self.scale
        if election.vote_type.has_points:
            for ballot in election.ballots:
                points = [point.numerator * (scale // point.denominator) for point in ballot.points or ()]
                yield (ballot.projects, points), 1
            return
        choice = election.vote_type.is_choice
        for projects, voters in Counter(map(attrgetter("projects"), election.ballots)).items():
            length = len(projects)
            yield (projects, (1,) * length if choice else range(length, 0, -1)), voters

    def narrowed(self, places: frozenset[int]) -> Mapping[Values, int]:
        """Ballots alike in what they give to `places`, put together; those that give nothing left out."""
        groups: dict[Values, int] = {}
        for values, voters in self.groups.items():
            kept = tuple([pair for pair in values if pair[0] in places and pair[1] > 0])
            groups[kept] = groups.get(kept, 0) + voters
        groups.pop((), None)
        return groups
