"""The whole of Equal Shares: the walk, the count that stands, the completion, the comparison with greedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from budgeting.counting.equal_shares.rule import EqualShares, step_of
from budgeting.counting.equal_shares.walk import Seen
from budgeting.counting.explanation.equal_shares import EqualSharesExplanation
from budgeting.counting.explanation.greedy import GreedyExplanation
from budgeting.counting.explanation.projects import Describer
from budgeting.counting.greedy import Greedy
from budgeting.counting.measures import Choice, SharePerVoter, WalkStretch, measure
from budgeting.counting.results import Basis, Phase, ProjectResult, ReasonCode, Result
from budgeting.counting.ties import Tie


def explain_equal_shares(held: EqualShares) -> Result:
    return OutcomeExplanation(held).result()


class OutcomeExplanation:
    def __init__(self, held: EqualShares) -> None:
        self.held = held
        self.contest = held.contest
        self.describe = Describer(held.contest)
        self.explanation = EqualSharesExplanation(held.count)
        sure = held.walk is None and held.comparison is None
        self.basis = Basis.EXACT if sure else Basis.HOLDING_THE_REST

    def result(self) -> Result:
        held = self.held
        if held.greedy is not None and held.comparison is not None and held.comparison.greedy_stands:
            greedy = GreedyExplanation(held.greedy, basis=self.basis)
            rounds, projects = greedy.rounds(), greedy.projects()
        else:
            rounds, projects = self.explanation.rounds(), self.projects()
            if held.completion is not None:
                rounds += self._completion(held.completion).rounds()
        return Result(
            winners=tuple(self.contest.ids[place] for place in held.bought),
            total_cost=Decimal(0),
            rounds=rounds,
            ties=self.ties(),
            projects=self.describe.in_order(projects, held.bought),
            measures=measure(self.contest.electorate, held.bought, self.share(), self.choice()),
        )

    def projects(self) -> dict[int, ProjectResult]:
        results = {}
        completed = self._completion(self.held.completion).projects() if self.held.completion else {}
        for place in range(len(self.contest.ids)):
            if place in self.held.count.bought:
                results[place] = self.explanation.bought(place)
                continue
            result, cheapest = self.explanation.not_bought(place)
            if place in completed:
                result, cheapest = self._completed(place, result, cheapest, completed[place])
            if not result.funded and result.reason.code is not ReasonCode.WITHDRAWN:
                changes = self.describe.changes(place, cheapest, None, basis=self.basis, votes_computed=False)
                result = replace(result, least_changes=changes)
            results[place] = result
        return results

    def _completion(self, count: Greedy) -> GreedyExplanation:
        return GreedyExplanation(count, Phase.COMPLETION, self.basis, earlier=len(self.held.count.bought))

    def _completed(
        self, place: int, result: ProjectResult, cheapest: int | None, completed: ProjectResult
    ) -> tuple[ProjectResult, int | None]:
        """What greedy on the rest made of a project that was not bought."""
        if completed.funded:
            return replace(completed, support=result.support), None
        greedy_cost = None
        if (changes := completed.least_changes) is not None and changes.cheaper_by is not None:
            cheaper_by = int(changes.cheaper_by * self.describe.minor_units)
            greedy_cost = self.contest.cost[place] - cheaper_by
        either = [cost for cost in (cheapest, greedy_cost) if cost is not None]
        return replace(result, reason=completed.reason), max(either, default=None)

    def share(self) -> SharePerVoter:
        held, walk, voters = self.held, self.held.walk, self.contest.electorate.voters
        equal = Fraction(self.contest.budget, voters) if voters else Fraction(0)
        return SharePerVoter(
            equal=self.describe.amount(equal),
            start=self.describe.amount(held.start),
            final=self.describe.amount(held.share),
            step=self.describe.amount(step_of(self.contest)) if walk else None,
            ended=str(held.walk_end) if walk else None,
            walk=tuple(self._stretches(walk.seen)) if walk else (),
        )

    def _stretches(self, counts: Iterable[Seen]) -> Iterable[WalkStretch]:
        """Neighbouring counts that bought the same, as one."""
        stretch, bought = None, None
        for seen in counts:
            last = self._last_share(seen)
            if stretch is not None and seen.bought == bought:
                stretch = replace(stretch, last_share=last, counts=stretch.counts + seen.shares)
                continue
            if stretch is not None:
                yield stretch
            bought, first = seen.bought, self.describe.amount(seen.share)
            cost = self.describe.money(seen.cost)
            stretch = WalkStretch(first, last, seen.shares, len(seen.bought), cost)
        if stretch is not None:
            yield stretch

    def _last_share(self, seen: Seen) -> Fraction:
        return self.describe.amount(seen.share + (seen.shares - 1) * step_of(self.contest))

    def choice(self) -> Choice | None:
        found = self.held.comparison
        if found is None:
            return None
        stands = "greedy" if found.greedy_stands else "equal-shares"
        return Choice(found.prefer_equal_shares, found.prefer_greedy, stands)

    def ties(self) -> tuple[Tie, ...]:
        """Those of every count: the walk's, each told once for all the shares that it was met with."""
        held = self.held
        share = self.describe.amount(held.share)
        stands = held.comparison is None or not held.comparison.greedy_stands
        met: dict[tuple[object, ...], Tie] = {}
        for seen in held.walk.seen if held.walk else ():
            first, last = self.describe.amount(seen.share), self._last_share(seen)
            for tie in seen.ties:
                told = replace(tie, share=first, last_share=last, counts=seen.shares, adopted=False)
                _merge(met, told)
        if held.walk is None:
            for tie in held.count.ties:
                _merge(met, replace(tie, share=share, last_share=share, adopted=stands))
        else:
            for tie in held.count.ties:
                key = _key(tie)
                met[key] = replace(met[key], adopted=stands)
        rest = [replace(tie, adopted=stands) for tie in held.completion.ties] if held.completion else []
        greedy = [replace(tie, adopted=not stands) for tie in held.greedy.ties] if held.greedy else []
        return (*met.values(), *rest, *greedy)


def _key(tie: Tie) -> tuple[object, ...]:
    return tie.round, tie.projects, tie.chosen


def _merge(met: dict[tuple[object, ...], Tie], tie: Tie) -> None:
    known = met.get(_key(tie))
    if known is None:
        met[_key(tie)] = tie
    else:
        met[_key(tie)] = replace(known, last_share=tie.last_share, counts=known.counts + tie.counts)
