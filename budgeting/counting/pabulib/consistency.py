"""What META and PROJECTS say, against each other and against what the ballots come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.amounts import decimal_text
from budgeting.counting.pabulib.cells import CellReader, Place
from budgeting.counting.pabulib.errors import WarningCode
from budgeting.counting.pabulib.meta import Regulations
from budgeting.counting.pabulib.projects import ProjectRow

# So many of the values that would be right are told.
EXAMPLES = 10


def count_votes(ballots: Sequence[Ballot]) -> Mapping[str, int]:
    """How many ballots name each project, whatever they give it."""
    return Counter(chain.from_iterable(ballot.projects for ballot in ballots))


def count_scores(ballots: Sequence[Ballot], vote_type: VoteType) -> Mapping[str, Fraction | int]:
    """What the ballots give each project together (`Ballot.values`)."""
    if vote_type.is_choice:
        return count_votes(ballots)
    scores: dict[str, Fraction | int] = {}
    for ballot in ballots:
        for project, value in zip(ballot.projects, ballot.values(vote_type), strict=True):
            scores[project] = scores.get(project, 0) + value
    return scores


@dataclass(frozen=True)
class Consistency:
    """Notes the warnings that take more than one row to see; for a file in which nothing is wrong."""

    cells: CellReader
    regulations: Regulations
    projects: dict[str, ProjectRow]
    columns: tuple[str, ...]

    def check(self, ballots: Sequence[Ballot]) -> None:
        self._check_meta(len(ballots))
        self._check_projects(ballots, self.regulations.vote_type)

    def _check_meta(self, votes: int) -> None:
        """Numbers of rows, and keys that would change the count if it knew them."""
        for key, number in (("num_projects", len(self.projects)), ("num_votes", votes)):
            stated = self.regulations.counts.get(key)
            if stated is not None and stated != number:
                self._note_key(WarningCode.COUNT_DIFFERS, key, str(stated), str(number))
        default = self.regulations.numbers.get("default_score")
        if default:
            self._note_key(WarningCode.DEFAULT_SCORE_UNUSED, "default_score", decimal_text(default), "0")
        scoring = self.regulations.scoring_function
        if scoring and scoring.lower() != "borda":
            self._note_key(WarningCode.SCORING_UNUSED, "scoring_fn", scoring, "Borda")

    def _check_projects(self, ballots: Sequence[Ballot], vote_type: VoteType) -> None:
        votes = count_votes(ballots)
        scores = count_scores(ballots, vote_type) if "score" in self.columns else {}
        for row in self.projects.values():
            self._check_cost(row)
            self._check_categories(row)
            if row.cells.get("votes") and Fraction(row.cells["votes"]) != votes.get(row.id, 0):
                self._note(
                    WarningCode.VOTES_DIFFER, row, "votes", row.cells["votes"], str(votes.get(row.id, 0))
                )
            if row.cells.get("score") and Fraction(row.cells["score"]) != scores.get(row.id, 0):
                self._note(
                    WarningCode.SCORE_DIFFERS,
                    row,
                    "score",
                    row.cells["score"],
                    decimal_text(scores.get(row.id, 0)),
                )

    def _check_cost(self, row: ProjectRow) -> None:
        amounts = self.regulations.amounts
        if row.cost == names.WITHDRAWN_COST:
            self._note(WarningCode.PROJECT_WITHDRAWN, row, "cost", row.cells["cost"])
            return
        if not row.cost:
            self._note(WarningCode.COST_ZERO, row, "cost", row.cells["cost"])
        if row.cost > amounts["budget"]:
            self._note(
                WarningCode.COST_ABOVE_BUDGET, row, "cost", row.cells["cost"], decimal_text(amounts["budget"])
            )
        if row.cost < amounts.get("min_project_cost", 0):
            self._note(
                WarningCode.COST_LOW,
                row,
                "cost",
                row.cells["cost"],
                decimal_text(amounts["min_project_cost"]),
            )
        if row.cost > amounts.get("max_project_cost", row.cost):
            self._note(
                WarningCode.COST_HIGH,
                row,
                "cost",
                row.cells["cost"],
                decimal_text(amounts["max_project_cost"]),
            )

    def _check_categories(self, row: ProjectRow) -> None:
        """A category that META does not list has no limit and no budget of its own."""
        listed = self.regulations.texts.get("categories", ())
        if listed:
            for category in sorted(set(row.items("category")).difference(listed)):
                self._note(WarningCode.CATEGORY_UNKNOWN, row, "category", category, *listed[:EXAMPLES])

    def _note(self, code: WarningCode, row: ProjectRow, column: str, value: str, *expected: str) -> None:
        place = Place(row.line, self.columns.index(column) + 1, column)
        self.cells.note(code, place, value, *expected)

    def _note_key(self, code: WarningCode, key: str, value: str, *expected: str) -> None:
        self.cells.note(code, Place(self.regulations.lines[key], 2, key), value, *expected)
