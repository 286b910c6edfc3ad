"""What META allows on a ballot. A ballot outside it is counted as it was cast, with a warning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib.amounts import decimal_text
from budgeting.counting.pabulib.errors import Code, WarningCode
from budgeting.counting.pabulib.meta import Regulations
from budgeting.counting.pabulib.projects import ProjectRow

# Code, column, value and what it should have been.
Finding = tuple[Code, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Range:
    """Ends included; None where there is none. `label` is the category it is for."""

    least: Fraction | int | None
    most: Fraction | int | None
    label: str = ""

    def check(self, value: Fraction | int, column: str, low: Code, high: Code) -> Iterator[Finding]:
        label = f"{self.label}: " if self.label else ""
        if self.least is not None and value < self.least:
            yield low, column, f"{label}{decimal_text(value)}", (decimal_text(self.least),)
        if self.most is not None and value > self.most:
            yield high, column, f"{label}{decimal_text(value)}", (decimal_text(self.most),)


class BallotLimits:
    """The limits of one file, those per category too (a project of two categories counts in both)."""

    def __init__(self, regulations: Regulations, projects: dict[str, ProjectRow]) -> None:
        counts, amounts, numbers = regulations.counts, regulations.amounts, regulations.numbers
        single = 1 if regulations.vote_type is VoteType.CHOOSE_ONE else None
        self._length = Range(counts.get("min_length", single), counts.get("max_length", single))
        self._cost = Range(amounts.get("min_sum_cost"), amounts.get("max_sum_cost"))
        self._points = Range(numbers.get("min_points"), numbers.get("max_points"))
        self._points_sum = Range(numbers.get("min_sum_points"), numbers.get("max_sum_points"))
        self._projects = projects
        categories = regulations.texts.get("categories", ())
        self._lengths = per_category(categories, regulations.count_lists, "length")
        self._costs = per_category(categories, regulations.amount_lists, "sum_cost")

    def check(self, ballot: Ballot) -> Iterator[Finding]:
        yield from self._check_choice(ballot.projects)
        if ballot.points is not None:
            for number in ballot.points:
                yield from self._points.check(
                    number, "points", WarningCode.POINTS_LOW, WarningCode.POINTS_HIGH
                )
            codes = WarningCode.POINTS_SUM_LOW, WarningCode.POINTS_SUM_HIGH
            yield from self._points_sum.check(sum(ballot.points, Fraction(0)), "points", *codes)

    def _check_choice(self, chosen: Sequence[str]) -> Iterator[Finding]:
        lengths = WarningCode.BALLOT_SHORT, WarningCode.BALLOT_LONG
        costs = WarningCode.BALLOT_CHEAP, WarningCode.BALLOT_DEAR
        yield from self._length.check(len(chosen), "vote", *lengths)
        if self._cost.least is not None or self._cost.most is not None:
            yield from self._cost.check(self._cost_of(chosen), "vote", *costs)
        for limit in self._lengths:
            yield from limit.check(len(self._of_category(chosen, limit.label)), "vote", *lengths)
        for limit in self._costs:
            within = self._of_category(chosen, limit.label)
            yield from limit.check(self._cost_of(within), "vote", *costs)

    def _of_category(self, chosen: Sequence[str], category: str) -> list[str]:
        return [project for project in chosen if category in self._projects[project].items("category")]

    def _cost_of(self, chosen: Sequence[str]) -> Fraction:
        return sum((self._projects[project].cost for project in chosen), Fraction(0))


def per_category(
    categories: Sequence[str], lists: dict[str, tuple[Fraction, ...]] | dict[str, tuple[int, ...]], kind: str
) -> list[Range]:
    """One range for each category; a list of one number holds for all of them."""

    def spread(end: str) -> Sequence[Fraction | int | None]:
        listed = lists.get(f"{end}_{kind}_per_category", ())
        if len(listed) == len(categories):
            return listed
        return (listed[0] if len(listed) == 1 else None,) * len(categories)

    ends = zip(spread("min"), spread("max"), categories, strict=True)
    return [Range(*end) for end in ends if end[:2] != (None, None)]
