"""What META and PROJECTS say, against each other and against what the ballots come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.model import VoteType
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.amounts import decimal_text
from budgeting.counting.pabulib.ballots import ReadBallot
from budgeting.counting.pabulib.cells import CellReader, Place
from budgeting.counting.pabulib.errors import WarningCode
from budgeting.counting.pabulib.meta import Regulations
from budgeting.counting.pabulib.projects import ProjectRow


@dataclass(slots=True)
class Recount:
    """Of one project: `votes` are the ballots that name it, whatever they give it, `score` what they give it."""

    votes: int = 0
    score: Fraction | int = 0


def recount(ballots: Iterable[ReadBallot], vote_type: VoteType) -> dict[str, Recount]:
    counted: dict[str, Recount] = {}
    for read in ballots:
        values = read.ballot.values(vote_type)
        for project, value in zip(read.ballot.projects, values, strict=True):
            result = counted.setdefault(project, Recount())
            result.votes += read.voters
            result.score += value * read.voters
    return counted


class Consistency:
    """Notes the warnings that take more than one row to see. To be asked when nothing is wrong with the rows."""

    def __init__(
        self, cells: CellReader, regulations: Regulations, projects: dict[str, ProjectRow], columns: tuple[str, ...]
    ) -> None:
        self._cells = cells
        self._regulations = regulations
        self._projects = projects
        self._columns = columns

    def check_meta(self, votes: int) -> None:
        """Numbers of rows, and keys that would change the count if it knew them."""
        for key, number in (("num_projects", len(self._projects)), ("num_votes", votes)):
            stated = self._regulations.counts.get(key)
            if stated is not None and stated != number:
                self._note_key(WarningCode.COUNT_DIFFERS, key, str(stated), str(number))
        if self._regulations.numbers.get("default_score"):
            self._note_key(WarningCode.DEFAULT_SCORE_UNUSED, "default_score", "", "0")
        scoring = self._regulations.scoring_function
        if scoring and scoring.lower() != "borda":
            self._note_key(WarningCode.SCORING_UNUSED, "scoring_fn", scoring, "Borda")

    def check_projects(self, ballots: Iterable[ReadBallot], vote_type: VoteType) -> None:
        counted = recount(ballots, vote_type)
        for row in self._projects.values():
            result = counted.get(row.id, Recount())
            self._check_cost(row)
            self._check_categories(row)
            if row.cells.get("votes") and Fraction(row.cells["votes"]) != result.votes:
                self._note(WarningCode.VOTES_DIFFER, row, "votes", str(result.votes))
            if row.cells.get("score") and Fraction(row.cells["score"]) != result.score:
                self._note(WarningCode.SCORE_DIFFERS, row, "score", decimal_text(result.score))

    def _check_cost(self, row: ProjectRow) -> None:
        amounts = self._regulations.amounts
        if row.cost == names.WITHDRAWN_COST:
            self._note(WarningCode.PROJECT_WITHDRAWN, row, "cost")
            return
        if not row.cost:
            self._note(WarningCode.COST_ZERO, row, "cost")
        if row.cost > amounts["budget"]:
            self._note(WarningCode.COST_ABOVE_BUDGET, row, "cost", decimal_text(amounts["budget"]))
        if row.cost < amounts.get("min_project_cost", 0):
            self._note(WarningCode.COST_LOW, row, "cost", decimal_text(amounts["min_project_cost"]))
        if row.cost > amounts.get("max_project_cost", row.cost):
            self._note(WarningCode.COST_HIGH, row, "cost", decimal_text(amounts["max_project_cost"]))

    def _check_categories(self, row: ProjectRow) -> None:
        """A category that META does not list has no limit and no budget of its own."""
        listed = self._regulations.texts.get("categories", ())
        for category in row.items("category") if listed else ():
            if category not in listed:
                self._note(WarningCode.CATEGORY_UNKNOWN, row, "category", *listed)

    def _note(self, code: WarningCode, row: ProjectRow, column: str, *expected: str) -> None:
        place = Place(row.line, self._columns.index(column) + 1, column)
        self._cells.note(code, place, row.cells[column], *expected)

    def _note_key(self, code: WarningCode, key: str, value: str, *expected: str) -> None:
        self._cells.note(code, Place(self._regulations.lines[key], 2, key), value, *expected)
