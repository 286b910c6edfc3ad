"""Ballots: the cells `vote` and `points` of a row, read together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib.amounts import NotANumber, parse_amount, parse_number
from budgeting.counting.pabulib.ballot_limits import BallotLimits, Finding
from budgeting.counting.pabulib.cells import split_list
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode

# A ballot in which more than this is wrong or odd is read again when it comes again, not kept.
FINDINGS_KEPT = 10


class ReadBallot(NamedTuple):
    """What a pair of cells says, and the texts to keep of them."""

    ballot: Ballot
    vote: str
    points: str
    findings: tuple[Finding, ...]


class BallotReader:
    """Reads each pair of cells once: in a vote of thousands many ballots are alike."""

    def __init__(
        self, vote_type: VoteType, ids: Mapping[str, str], limits: BallotLimits, digits: int
    ) -> None:
        """`ids` are the ids of PROJECTS, each under itself, so that a ballot holds no text of its own."""
        self._vote_type = vote_type
        self._ids = ids
        self._limits = limits
        self._digits = digits
        self._read: dict[tuple[str, str], ReadBallot] = {}
        self._points: dict[str, tuple[tuple[Fraction, ...], tuple[Finding, ...]]] = {}

    def read(self, vote: str, points: str) -> ReadBallot:
        key = vote, points
        read = self._read.get(key)
        if read is None:
            read = self._read_plain(vote, points) or self._read_cells(vote, points)
            if len(read.findings) <= FINDINGS_KEPT:
                self._read[key] = read
        return read

    def _read_plain(self, vote: str, points: str) -> ReadBallot | None:
        """The quick way, for a list of known ids alone."""
        if points or self._vote_type.has_points:
            return None
        try:
            chosen = tuple(map(self._ids.__getitem__, vote.split(",")))
        except KeyError:
            return None
        if len(set(chosen)) < len(chosen):
            return None
        return ReadBallot(Ballot(chosen), vote, "", tuple(self._limits.check_choice(chosen)))

    def _read_cells(self, vote: str, points: str) -> ReadBallot:
        findings: list[Finding] = []
        items, given = split_list(vote), split_list(points)
        chosen = [item for item in items if item]
        if len(chosen) < len(items):
            findings.append((WarningCode.EMPTY_ITEM, "vote", vote, ()))
        for project in chosen:
            if project not in self._ids:
                findings.append((ErrorCode.UNKNOWN_PROJECT, "vote", project, ()))
        findings += self._check_points(chosen, given)
        numbers = None
        if self._vote_type.has_points:
            numbers, about_points = self._read_points(points)
            findings += about_points
        if any(isinstance(finding[0], ErrorCode) for finding in findings):
            ballot = Ballot(())
        else:
            ballot = self._ballot(chosen, numbers, findings)
            findings += self._limits.check_choice(ballot.projects)
        return ReadBallot(ballot, ",".join(chosen), ",".join(given), tuple(findings))

    def _check_points(self, chosen: Sequence[str], given: Sequence[str]) -> Iterator[Finding]:
        """As many as projects. Ordinal ballots may state theirs, which are then the ranks upwards from 1."""
        if self._vote_type.is_choice or (not given and not self._vote_type.has_points):
            return
        if len(given) != len(chosen):
            yield ErrorCode.POINTS_LENGTH, "points", str(len(given)), (str(len(chosen)),)
        elif not self._vote_type.has_points:
            ranks = [str(rank) for rank in range(len(chosen), 0, -1)]
            if list(given) != ranks:
                yield WarningCode.RANKS_DIFFER, "points", ",".join(given), (",".join(ranks),)

    def _read_points(self, points: str) -> tuple[tuple[Fraction, ...], tuple[Finding, ...]]:
        """The numbers of the cell. What is no number is an error, and left out."""
        if points in self._points:
            return self._points[points]
        parse = parse_number if self._vote_type is VoteType.SCORING else parse_amount
        numbers: list[Fraction] = []
        findings: list[Finding] = []
        for text in split_list(points):
            try:
                numbers.append(parse(text, self._digits))
            except NotANumber as error:
                findings.append((error.code, "points", text, error.expected))
        findings += self._limits.check_points(numbers)
        read = tuple(numbers), tuple(findings)
        if len(findings) <= FINDINGS_KEPT:
            self._points[points] = read
        return read

    def _ballot(
        self, chosen: Sequence[str], numbers: Sequence[Fraction] | None, findings: list[Finding]
    ) -> Ballot:
        """A project named twice counts once, where it stands first."""
        first: dict[str, Fraction] = {}
        for project, number in zip(chosen, numbers or [Fraction(0)] * len(chosen), strict=True):
            if project in first:
                findings.append((WarningCode.PROJECT_TWICE, "vote", project, ()))
            else:
                first[self._ids[project]] = number
        return Ballot(tuple(first), None if numbers is None else tuple(first.values()))
