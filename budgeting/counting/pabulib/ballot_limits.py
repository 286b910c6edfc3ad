"""What META allows on a ballot. A ballot outside it is counted as it was cast, with a warning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from budgeting.counting.model import VoteType
from budgeting.counting.pabulib.amounts import decimal_text, minor_units
from budgeting.counting.pabulib.errors import Code, WarningCode
from budgeting.counting.pabulib.meta import Regulations
from budgeting.counting.pabulib.projects import ProjectRow

# Code, column, value and what it should have been.
Finding = tuple[Code, str, str, tuple[str, ...]]
LENGTH = WarningCode.BALLOT_SHORT, WarningCode.BALLOT_LONG
COST = WarningCode.BALLOT_CHEAP, WarningCode.BALLOT_DEAR
POINTS = WarningCode.POINTS_LOW, WarningCode.POINTS_HIGH
POINTS_SUM = WarningCode.POINTS_SUM_LOW, WarningCode.POINTS_SUM_HIGH


@dataclass(frozen=True, slots=True)
class Range:
    """Ends included, None where there is none. `category` is what it is for, empty where it is for all.

    `units` of what is compared make one of what the file writes.
    """

    least: Fraction | int | None
    most: Fraction | int | None
    category: str = ""
    units: int = 1

    def __bool__(self) -> bool:
        return self.least is not None or self.most is not None

    def check(self, value: Fraction | int, column: str, codes: tuple[Code, Code]) -> Iterator[Finding]:
        label = f"{self.category}: " if self.category else ""
        if self.least is not None and value < self.least:
            yield codes[0], column, label + self._text(value), (self._text(self.least),)
        if self.most is not None and value > self.most:
            yield codes[1], column, label + self._text(value), (self._text(self.most),)

    def _text(self, value: Fraction | int) -> str:
        return decimal_text(value, self.units)


class BallotLimits:
    """The limits of one file, those per category too (a project of two categories counts in both)."""

    def __init__(self, regulations: Regulations, projects: dict[str, ProjectRow]) -> None:
        counts, amounts, numbers = regulations.counts, regulations.amounts, regulations.numbers
        single = 1 if regulations.vote_type is VoteType.CHOOSE_ONE else None
        self._length = Range(counts.get("min_length", single), counts.get("max_length", single))
        # Sums of costs are taken by the thousand: whole numbers are ten times as fast as fractions.
        units = minor_units([*regulations.all_amounts(), *(row.cost for row in projects.values())])
        self._cost = scaled(Range(amounts.get("min_sum_cost"), amounts.get("max_sum_cost")), units)
        self._points = Range(numbers.get("min_points"), numbers.get("max_points"))
        self._points_sum = Range(numbers.get("min_sum_points"), numbers.get("max_sum_points"))
        categories = regulations.texts.get("categories", ())
        self._lengths = per_category(categories, regulations.count_lists, "length")
        costs = per_category(categories, regulations.amount_lists, "sum_cost")
        self._costs = [scaled(limit, units) for limit in costs]
        self._cost_of = {project: int(row.cost * units) for project, row in projects.items()}
        limited = {limit.category for limit in (*self._lengths, *self._costs)}
        self._categories_of = {
            project: sorted(limited.intersection(row.items("category"))) for project, row in projects.items()
        }

    def check_choice(self, chosen: Sequence[str]) -> list[Finding]:
        findings: list[Finding] = []
        if self._length:
            findings += self._length.check(len(chosen), "vote", LENGTH)
        if self._cost:
            findings += self._cost.check(self._sum(chosen), "vote", COST)
        if self._lengths or self._costs:
            findings += self._check_categories(chosen)
        return findings

    def check_points(self, points: Sequence[Fraction]) -> Iterator[Finding]:
        if self._points:
            for number in points:
                yield from self._points.check(number, "points", POINTS)
        if self._points_sum:
            yield from self._points_sum.check(sum(points, Fraction(0)), "points", POINTS_SUM)

    def _check_categories(self, chosen: Sequence[str]) -> Iterator[Finding]:
        lengths = Counter(chain.from_iterable(map(self._categories_of.__getitem__, chosen)))
        for limit in self._lengths:
            yield from limit.check(lengths[limit.category], "vote", LENGTH)
        if self._costs:
            costs: Counter[str] = Counter()
            for project in chosen:
                for category in self._categories_of[project]:
                    costs[category] += self._cost_of[project]
            for limit in self._costs:
                yield from limit.check(costs[limit.category], "vote", COST)

    def _sum(self, chosen: Sequence[str]) -> int:
        return sum(map(self._cost_of.__getitem__, chosen))


def scaled(limit: Range, units: int) -> Range:
    """The same limit for whole numbers, of which `units` make one."""
    least, most = (end if end is None else int(end * units) for end in (limit.least, limit.most))
    return Range(least, most, limit.category, units)


def per_category(
    categories: Sequence[str], lists: dict[str, tuple[Fraction, ...]] | dict[str, tuple[int, ...]], kind: str
) -> list[Range]:
    """One range for each category; a list of one number holds for all of them."""

    def spread(end: str) -> Sequence[Fraction | int | None]:
        listed = lists.get(f"{end}_{kind}_per_category", ())
        if len(listed) == len(categories):
            return listed
        return (listed[0] if len(listed) == 1 else None,) * len(categories)

    ranges = map(Range, spread("min"), spread("max"), categories)
    return [limit for limit in ranges if limit]
