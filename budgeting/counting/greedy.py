"""The greedy rules: projects in the order of their merit, each funded if it fits.

This is what most cities do (pabulib.org names it greedy, greedy-no-skip and greedy-threshold). By votes,
merit is the score; by ratio, score/cost, where a project that costs nothing has merit without end if its
score is above nothing, and none if it is nothing. A project without any votes takes its turn like the
others and is funded if it fits, as by equalshares.net, pabutools and pabulib's own checker; a city that
wants none sets a threshold. A withdrawn project is passed by and never ends the count.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from budgeting.counting.contest import Contest
from budgeting.counting.parameters import OnMisfit, Rule
from budgeting.counting.ties import Tie

# The sign of what is without end, then the number.
Merit = tuple[int, Fraction]


class Action(StrEnum):
    FUNDED = "funded"
    DID_NOT_FIT = "did-not-fit"
    # It did not fit, and the count ended with it.
    ENDED_THE_COUNT = "ended-the-count"
    CONFLICT = "conflict"
    CAP_REACHED = "cap-reached"


@dataclass(frozen=True, slots=True)
class Turn:
    """A project's turn. `left` is what was left before: of the budget, or of the cap of `category`."""

    place: int
    action: Action
    left: int
    rival: int | None = None
    category: str = ""


class Funds:
    """What may still be spent, and on what: the budget, the caps, the conflicts."""

    def __init__(self, contest: Contest, funded: Sequence[int] = ()) -> None:
        parameters = contest.parameters
        place_of = {project: place for place, project in enumerate(contest.ids)}
        self._categories = [project.categories for project in contest.electorate.election.projects]
        self._groups = [frozenset(place_of[project] for project in group) for group in parameters.conflicts]
        self.left = contest.budget
        self.caps = dict(parameters.caps)
        self.funded: list[int] = []
        for place in funded:
            self.spend(place, contest.cost[place])

    def copy(self) -> Funds:
        other = copy.copy(self)
        other.caps, other.funded = dict(self.caps), list(self.funded)
        return other

    def spend(self, place: int, cost: int) -> None:
        self.funded.append(place)
        self.left -= cost
        for category in self._categories[place]:
            if category in self.caps:
                self.caps[category] -= cost

    def turn(self, place: int, cost: int) -> Turn:
        """What would become of the project now. Conflicts and caps are looked at before the budget."""
        for group in self._groups:
            if place in group:
                for rival in self.funded:
                    if rival in group:
                        return Turn(place, Action.CONFLICT, self.left, rival=rival)
        for category in self._categories[place]:
            if category in self.caps and cost > self.caps[category]:
                return Turn(place, Action.CAP_REACHED, self.caps[category], category=category)
        return Turn(place, Action.FUNDED if cost <= self.left else Action.DID_NOT_FIT, self.left)


class Greedy:
    """One greedy count, `funded` being in already, and one project left out if that is asked."""

    def __init__(
        self,
        contest: Contest,
        funded: Sequence[int] = (),
        by_ratio: bool = False,
        stop: bool = False,
        without: int | None = None,
    ) -> None:
        self.contest = contest
        self.funded = tuple(funded)
        self.without = without
        self.by_ratio = by_ratio
        self.stop = stop
        self.turns: list[Turn] = []
        self.ties: list[Tie] = []
        self.bought: list[int] = list(funded)

    @classmethod
    def as_asked(cls, contest: Contest) -> Greedy:
        parameters = contest.parameters
        ratio, stop = parameters.rule is Rule.GREEDY_RATIO, parameters.on_misfit is OnMisfit.STOP
        return cls(contest, by_ratio=ratio, stop=stop)

    def merit(self, place: int) -> Merit:
        return self.merit_of(self.contest.electorate.score[place], self.contest.cost[place])

    def merit_of(self, score: int, cost: int) -> Merit:
        if not self.by_ratio:
            return 0, Fraction(score)
        if cost:
            return 0, Fraction(score, cost)
        return (score > 0) - (score < 0), Fraction(0)

    def order(self) -> list[int]:
        """Best first; the tie order among equals."""
        ranks = self.contest.ties.rank
        out = {*self.funded, self.without}
        waiting = [place for place in self.contest.places if place not in out]
        # Twice, since sorting keeps the order of equals.
        return sorted(sorted(waiting, key=ranks), key=self.merit, reverse=True)

    def run(self) -> Greedy:
        funds = Funds(self.contest, self.funded)
        order = self.order()
        merits = [self.merit(place) for place in order]
        for number, place in enumerate(order):
            self._note_tie(order, merits, number)
            turn = funds.turn(place, self.contest.cost[place])
            if turn.action is Action.DID_NOT_FIT and self.stop:
                self.turns.append(Turn(place, Action.ENDED_THE_COUNT, turn.left))
                break
            self.turns.append(turn)
            if turn.action is Action.FUNDED:
                funds.spend(place, self.contest.cost[place])
        self.bought = funds.funded
        return self

    def _note_tie(self, order: Sequence[int], merits: Sequence[Merit], number: int) -> None:
        end = number + 1
        while end < len(order) and merits[end] == merits[number]:
            end += 1
        if end > number + 1:
            self.ties.append(self.contest.ties.tie(order[number:end], number + 1))
