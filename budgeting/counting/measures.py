"""What an outcome is like, by the same measures for every rule.

Exclusion ratio, mean number of supported winners and the share of spending beside the share of votes are
those of equalshares.net and of Faliszewski et al., Participatory Budgeting: Data, Tools, and Analysis (IJCAI
2023). A project with several categories (neighbourhoods) counts in each of them in full, so the shares of all
categories together may be more than 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgeting.counting.electorate import Electorate
from budgeting.counting.model import Project
from budgeting.counting.report import Report


@dataclass(frozen=True)
class GroupShare(Report):
    """A category or neighbourhood: its part of the money spent beside its part of the votes (points)."""

    name: str
    projects: int
    winners: int
    cost: Decimal
    spending_share: Fraction | None
    vote_share: Fraction | None


@dataclass(frozen=True)
class WalkStretch(Report):
    """Shares in a row, in units of the currency, with the same projects bought; `counts` of them."""

    first_share: Fraction
    last_share: Fraction
    counts: int
    projects: int
    total_cost: Decimal


@dataclass(frozen=True)
class SharePerVoter(Report):
    """budget/voters, the share that the count began with, and the one that stands, with the way there.

    The last stretch of a walk that ended with an overspend is the outcome that was refused.
    """

    equal: Fraction
    start: Fraction
    final: Fraction
    step: Fraction | None = None
    ended: str | None = None
    walk: tuple[WalkStretch, ...] = ()


@dataclass(frozen=True)
class Choice(Report):
    """Voters with more supported winners in the one outcome than in the other, and which one stands."""

    prefer_equal_shares: int
    prefer_greedy: int
    stands: str


@dataclass(frozen=True)
class Measures(Report):
    voters: int
    budget: Decimal
    spent: Decimal
    budget_used: Fraction | None
    winners: int
    voters_without_winner: int
    exclusion_ratio: Fraction | None
    mean_supported_winners: Fraction | None
    categories: tuple[GroupShare, ...]
    neighbourhoods: tuple[GroupShare, ...]
    share: SharePerVoter | None = None
    comparison: Choice | None = None


def ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def money(electorate: Electorate, amount: int) -> Decimal:
    """Minor units as units of the currency."""
    return Decimal(amount) / electorate.election.minor_units


def measure(
    electorate: Electorate,
    winners: Collection[int],
    share: SharePerVoter | None = None,
    comparison: Choice | None = None,
) -> Measures:
    election, voters = electorate.election, electorate.voters
    spent = sum(election.projects[place].cost for place in winners)
    without = voters - with_a_winner(electorate, frozenset(winners))
    return Measures(
        voters=voters,
        budget=money(electorate, election.budget),
        spent=money(electorate, spent),
        budget_used=ratio(spent, election.budget),
        winners=len(winners),
        voters_without_winner=without,
        exclusion_ratio=ratio(without, voters),
        mean_supported_winners=ratio(sum(electorate.supporters[place] for place in winners), voters),
        categories=group_shares(electorate, winners, lambda project: project.categories),
        neighbourhoods=group_shares(electorate, winners, lambda project: project.neighbourhoods),
        share=share,
        comparison=comparison,
    )


def with_a_winner(electorate: Electorate, winners: frozenset[int]) -> int:
    """The voters who support a winner."""
    election = electorate.election
    if not election.vote_type.has_points:
        ids = {election.projects[place].id for place in winners}
        return sum(not ids.isdisjoint(ballot.projects) for ballot in election.ballots)
    groups = electorate.groups.items()
    return sum(
        voters for values, voters in groups if any(value > 0 and place in winners for place, value in values)
    )


def group_shares(
    electorate: Electorate, winners: Collection[int], groups_of: Callable[[Project], Iterable[str]]
) -> tuple[GroupShare, ...]:
    """In the order of the names."""
    projects, votes = electorate.election.projects, electorate.positive_score
    spent = sum(projects[place].cost for place in winners)
    members: dict[str, list[int]] = {}
    for place, project in enumerate(projects):
        for name in dict.fromkeys(groups_of(project)):
            members.setdefault(name, []).append(place)
    shares = []
    for name, places in sorted(members.items()):
        won = [place for place in places if place in winners]
        cost = sum(projects[place].cost for place in won)
        shares.append(
            GroupShare(
                name,
                len(places),
                len(won),
                money(electorate, cost),
                ratio(cost, spent),
                ratio(sum(votes[place] for place in places), sum(votes)),
            )
        )
    return tuple(shares)
