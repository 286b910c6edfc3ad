"""What voters can buy at most: the projects that are for sale, and who stands behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from budgeting.counting.contest import Contest
from budgeting.counting.electorate import Values
from budgeting.counting.parameters import Utility

# A group of so few ballots is counted ballot by ballot, which takes less time than adding their number.
SMALL = 3


class Camp:
    """The supporters of a project who give it the same value: ballot groups, and how many voters they are."""

    __slots__ = ("_large", "_small", "groups", "members", "value", "voters")

    def __init__(self, value: int, members: Sequence[tuple[int, int]]) -> None:
        self.value = value
        self.members = members
        self.groups = [group for group, _ in members]
        self.voters = sum(voters for _, voters in members)
        self._small = picker([group for group, voters in members if voters <= SMALL for _ in range(voters)])
        self._large = [(group, voters) for group, voters in members if voters > SMALL]

    def count(self, kind_of: Sequence[int]) -> dict[int, int]:
        """How many of these voters have each kind of purse. The kind 0, the empty purse, is left out."""
        voters_of: dict[int, int] = Counter(filter(None, self._small(kind_of)))
        for group, voters in self._large:
            if kind := kind_of[group]:
                voters_of[kind] = voters_of.get(kind, 0) + voters
        return voters_of


def picker(places: Sequence[int]) -> Callable[[Sequence[int]], Iterable[int]]:
    """Picks the items at `places` of a list, in one call."""
    if len(places) < 2:
        return lambda items: [items[place] for place in places]
    return itemgetter(*places)


class Market:
    """Projects for sale to voters who have `share` at most: those that these could never pay are left out.

    Without them many more ballots say the same, and are put together. With `everything` nothing is left out,
    so that the count can tell what became of the money behind every project.
    """

    def __init__(self, contest: Contest, share: Fraction, everything: bool = False) -> None:
        self.contest = contest
        self.share = share
        self.cost = contest.cost
        self.ties = contest.ties
        supporters = contest.electorate.supporters
        self.places = frozenset(
            place
            for place in contest.supported
            if everything or share * supporters[place] >= contest.cost[place]
        )
        groups = contest.electorate.narrowed(self.places)
        self.groups = len(groups)
        self.camps = camps_of(groups, self.places)
        by_cost = contest.parameters.utility is Utility.COST
        # What one unit of value is worth to a voter: the price is looked at beside this.
        self.worth = {place: contest.cost[place] if by_cost else 1 for place in self.places}


def camps_of(groups: Mapping[Values, int], places: Collection[int]) -> Mapping[int, Sequence[Camp]]:
    """For each project its camps, one for each value that it was given."""
    members: dict[int, dict[int, list[tuple[int, int]]]] = {place: {} for place in places}
    for group, (values, voters) in enumerate(groups.items()):
        for place, value in values:
            members[place].setdefault(value, []).append((group, voters))
    return {
        place: [Camp(value, given) for value, given in sorted(by_value.items())]
        for place, by_value in members.items()
    }
