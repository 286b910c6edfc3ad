"""The section VOTES: one row, one voter."""

from __future__ import annotations

from budgeting.counting.model import Ballot, VoteType
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.ballots import BallotReader
from budgeting.counting.pabulib.cells import CellReader, Place
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode
from budgeting.counting.pabulib.file import Section
from budgeting.counting.pabulib.limits import Limits
from budgeting.counting.pabulib.sections import Cursor, Header


class VotesReader:
    def __init__(self, cells: CellReader, limits: Limits, vote_type: VoteType, reader: BallotReader) -> None:
        self._cells = cells
        self._limits = limits
        self._vote_type = vote_type
        self._reader = reader
        self._voters: set[str] = set()
        self._texts: dict[str, str] = {}
        self.ballots: list[Ballot] = []

    def read(self, cursor: Cursor) -> Section:
        needed = ("voter_id", "vote", "points") if self._vote_type.has_points else ("voter_id", "vote")
        findings = self._cells.findings
        header = Header(cursor.open("VOTES"), cursor.line, names.VOTE_COLUMNS, needed, findings)
        self._check_points_column(header)
        most = min(self._limits.votes, self._limits.cells // len(header.names))
        rows: list[tuple[str, ...]] = []
        for line, cells in cursor:
            if len(rows) == most:
                raise findings.fail(ErrorCode.TOO_MANY_ROWS, line=line, expected=(str(most),))
            rows.append(self._read_row(line, header.fit(cells, line), header))
        return Section(header.names, tuple(rows))

    def _check_points_column(self, header: Header) -> None:
        column = header.index("points")
        if column is not None and self._vote_type in {VoteType.APPROVAL, VoteType.CHOOSE_ONE}:
            place = Place(header.line, column + 1, "points")
            self._cells.note(WarningCode.POINTS_UNUSED, place, str(self._vote_type))

    def _read_row(self, line: int, cells: list[str], header: Header) -> tuple[str, ...]:
        voter, vote, points = header.index("voter_id"), header.index("vote"), header.index("points")
        assert voter is not None
        assert vote is not None
        self._note_voter(cells[voter], Place(line, voter + 1, "voter_id"))
        read = self._reader.read(cells[vote], "" if points is None else cells[points])
        read.voters += 1
        self.ballots.append(read.ballot)
        for code, column, value, expected in read.findings:
            place = Place(line, header.names.index(column) + 1, column)
            self._cells.note(code, place, value, *expected)
        cells[vote] = read.vote
        if points is not None:
            cells[points] = read.points
        # The same few ages and methods stand in every row: one text serves all of them.
        texts = self._texts
        return tuple(
            cell if number == voter else texts.setdefault(cell, cell) for number, cell in enumerate(cells)
        )

    def _note_voter(self, voter: str, place: Place) -> None:
        if not voter:
            self._cells.note(ErrorCode.MISSING_ID, place, "")
        elif voter in self._voters:
            self._cells.note(ErrorCode.REPEATED_ID, place, voter)
        self._voters.add(voter)
