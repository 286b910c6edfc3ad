"""The section VOTES: one row, one voter."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.ballots import BallotReader
from budgeting.counting.pabulib.cells import CellReader, Place
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode
from budgeting.counting.pabulib.file import Section
from budgeting.counting.pabulib.limits import Limits
from budgeting.counting.pabulib.sections import Cursor, Header


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row; `points` is None where there are none, `others` are only kept."""

    voter: int
    vote: int
    points: int | None
    others: tuple[int, ...]

    @classmethod
    def of(cls, header: Header) -> Columns:
        voter, vote = header.names.index("voter_id"), header.names.index("vote")
        points = header.names.index("points") if "points" in header.names else None
        others = tuple(number for number in range(len(header.names)) if number not in {voter, vote, points})
        return cls(voter, vote, points, others)


@dataclass
class VotesReader:
    cells: CellReader
    limits: Limits
    vote_type: VoteType
    reader: BallotReader
    ballots: list[Ballot] = field(default_factory=list)
    _voters: set[str] = field(default_factory=set)
    # The same few ages and methods stand in every row: one text serves all of them.
    _texts: dict[str, str] = field(default_factory=dict)

    def read(self, cursor: Cursor) -> Section:
        needed = ("voter_id", "vote", "points") if self.vote_type.has_points else ("voter_id", "vote")
        findings = self.cells.findings
        choices = 0
        header = Header(cursor.open("VOTES"), cursor.line, names.VOTE_COLUMNS, needed, findings)
        columns = Columns.of(header)
        if columns.points is not None and self.vote_type.is_choice:
            place = Place(header.line, columns.points + 1, "points")
            self.cells.note(WarningCode.POINTS_UNUSED, place, str(self.vote_type))
        most = min(self.limits.votes, self.limits.cells // len(header.names))
        rows: list[tuple[str, ...]] = []
        for line, row in cursor:
            if len(rows) == most:
                raise findings.fail(ErrorCode.TOO_MANY_ROWS, line=line, expected=(str(most),))
            rows.append(self._read_row(line, header.fit(row, line), columns))
            choices += rows[-1][columns.vote].count(",") + 1
            if choices > self.limits.choices:
                raise findings.fail(
                    ErrorCode.TOO_MANY_CHOICES, line=line, expected=(str(self.limits.choices),)
                )
        return Section(header.names, tuple(rows))

    def _read_row(self, line: int, cells: list[str], columns: Columns) -> tuple[str, ...]:
        voter = cells[columns.voter]
        if not voter or voter in self._voters:
            wrong = ErrorCode.REPEATED_ID if voter else ErrorCode.MISSING_ID
            self.cells.note(wrong, Place(line, columns.voter + 1, "voter_id"), voter)
        self._voters.add(voter)
        points = columns.points
        read = self.reader.read(cells[columns.vote], "" if points is None else cells[points])
        self.ballots.append(read.ballot)
        for code, column, value, expected in read.findings:
            number = columns.vote if column == "vote" else points
            self.cells.findings.add(code, line, (number or 0) + 1, column, value, expected)
        cells[columns.vote] = read.vote
        if points is not None:
            cells[points] = read.points
        for number in columns.others:
            cells[number] = self._texts.setdefault(cells[number], cells[number])
        return tuple(cells)
