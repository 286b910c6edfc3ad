"""Ballots: the cells `vote` and `points` of a row, read together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib.amounts import NotANumber, parse_amount, parse_number
from budgeting.counting.pabulib.ballot_limits import BallotLimits, Finding
from budgeting.counting.pabulib.cells import split_list
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode
from budgeting.counting.pabulib.projects import ProjectRow


@dataclass(slots=True)
class ReadBallot:
    """What one pair of cells says, and how many voters wrote just that."""

    ballot: Ballot
    vote: str
    points: str
    findings: tuple[Finding, ...]
    voters: int = 0


class BallotReader:
    """Reads each pair of cells once: in a vote of thousands most ballots are alike."""

    def __init__(
        self,
        vote_type: VoteType,
        projects: dict[str, ProjectRow],
        limits: BallotLimits,
        digits: int,
    ) -> None:
        self._vote_type = vote_type
        # The ids of PROJECTS themselves, so that a ballot holds no text of its own.
        self._ids = {project: project for project in projects}
        self._limits = limits
        self._digits = digits
        self._read: dict[tuple[str, str], ReadBallot] = {}
        self._points: dict[str, Fraction] = {}

    def read(self, vote: str, points: str) -> ReadBallot:
        read = self._read.get((vote, points))
        if read is None:
            read = self._read[(vote, points)] = self._read_cells(vote, points)
        return read

    @property
    def distinct(self) -> list[ReadBallot]:
        return list(self._read.values())

    def _read_cells(self, vote: str, points: str) -> ReadBallot:
        findings: list[Finding] = []
        items = split_list(vote)
        chosen = [item for item in items if item]
        if len(chosen) < len(items):
            findings.append((WarningCode.EMPTY_ITEM, "vote", vote, ()))
        given = split_list(points)
        if points or self._vote_type.has_points:
            findings += self._check_points(chosen, given)
        known = [self._ids[project] for project in chosen if project in self._ids]
        findings += [
            (ErrorCode.UNKNOWN_PROJECT, "vote", project, ()) for project in chosen if project not in self._ids
        ]
        numbers = self._numbers(given, findings) if self._vote_type.has_points else None
        ballot = self._ballot(known, numbers, findings)
        if not any(isinstance(finding[0], ErrorCode) for finding in findings):
            findings += self._limits.check(ballot)
        return ReadBallot(ballot, ",".join(chosen), ",".join(given), tuple(findings))

    def _check_points(self, chosen: Sequence[str], given: Sequence[str]) -> Iterator[Finding]:
        if self._vote_type in {VoteType.APPROVAL, VoteType.CHOOSE_ONE}:
            return
        if len(given) != len(chosen):
            yield ErrorCode.POINTS_LENGTH, "points", str(len(given)), (str(len(chosen)),)
        elif self._vote_type is VoteType.ORDINAL:
            ranks = [str(rank) for rank in range(len(chosen), 0, -1)]
            if list(given) != ranks:
                yield WarningCode.RANKS_DIFFER, "points", ",".join(given), (",".join(ranks),)

    def _numbers(self, given: Sequence[str], findings: list[Finding]) -> list[Fraction]:
        """The points; what is no number is 0 here and an error there."""
        parse = parse_number if self._vote_type is VoteType.SCORING else parse_amount
        for text in given:
            if text not in self._points:
                try:
                    self._points[text] = parse(text, self._digits)
                except NotANumber as error:
                    findings.append((error.code, "points", text, ()))
        return [self._points.get(text, Fraction(0)) for text in given]

    def _ballot(self, chosen: list[str], numbers: list[Fraction] | None, findings: list[Finding]) -> Ballot:
        """A project named twice counts once, where it stands first."""
        if len(set(chosen)) == len(chosen):
            return Ballot(tuple(chosen), None if numbers is None else tuple(numbers))
        first: dict[str, Fraction] = {}
        for project, number in zip(chosen, numbers or [Fraction(0)] * len(chosen), strict=False):
            if project in first:
                findings.append((WarningCode.PROJECT_TWICE, "vote", project, ()))
            first.setdefault(project, number)
        return Ballot(tuple(first), None if numbers is None else tuple(first.values()))
