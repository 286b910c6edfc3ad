"""`read`: a `.pb` file from its bytes, or all that is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from budgeting.counting.model import Ballot, Election
from budgeting.counting.pabulib import records
from budgeting.counting.pabulib.amounts import minor_units
from budgeting.counting.pabulib.ballot_limits import BallotLimits
from budgeting.counting.pabulib.ballots import BallotReader
from budgeting.counting.pabulib.cells import CellReader
from budgeting.counting.pabulib.consistency import Consistency
from budgeting.counting.pabulib.errors import Findings
from budgeting.counting.pabulib.file import PabulibFile
from budgeting.counting.pabulib.limits import DEFAULT_LIMITS, Limits
from budgeting.counting.pabulib.meta import MetaReader, Regulations
from budgeting.counting.pabulib.projects import ProjectRow, ProjectsReader
from budgeting.counting.pabulib.sections import Cursor
from budgeting.counting.pabulib.votes import VotesReader


def read(source: bytes | str | Path, limits: Limits = DEFAULT_LIMITS, *, name: str = "") -> PabulibFile:
    """The file at a path, or in bytes (`name` is then what to call it). Raises PabulibError only."""
    findings = Findings(name or ("" if isinstance(source, bytes) else str(source)), limits)
    data = records.read_bytes(source, limits, findings)
    cursor = Cursor(records.rows(records.decode(data, findings), limits, findings), findings)
    cells = CellReader(findings, limits)
    meta_reader = MetaReader(cells, limits)
    meta = meta_reader.read(cursor)
    regulations = meta_reader.regulations
    projects_reader = ProjectsReader(cells, limits)
    projects = projects_reader.read(cursor)
    rows = projects_reader.rows
    ids = {project: project for project in rows}
    ballots = BallotReader(regulations.vote_type, ids, BallotLimits(regulations, rows), limits.digits)
    votes_reader = VotesReader(cells, limits, regulations.vote_type, ballots)
    votes = votes_reader.read(cursor)
    cursor.close()
    if findings.errors:
        raise findings.stop()
    Consistency(cells, regulations, rows, projects.columns).check(votes_reader.ballots)
    return PabulibFile(
        meta_section=meta,
        projects=projects,
        votes=votes,
        election=election(
            regulations, rows.values(), votes_reader.ballots, {row[0]: row[1] for row in meta.rows}
        ),
        warnings=tuple(sorted(findings.warnings, key=lambda warning: warning.line or 0)),
        warning_counts=dict(findings.counts),
        source=findings.source,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def election(
    regulations: Regulations, rows: Collection[ProjectRow], ballots: Iterable[Ballot], meta: Mapping[str, str]
) -> Election:
    """In minor units small enough for every amount of the file."""
    units = minor_units([*regulations.all_amounts(), *(row.cost for row in rows)])
    return Election(
        budget=int(regulations.amounts["budget"] * units),
        projects=tuple(row.project(number, units) for number, row in enumerate(rows)),
        ballots=tuple(ballots),
        vote_type=regulations.vote_type,
        minor_units=units,
        currency=meta.get("currency", ""),
        score_threshold=regulations.numbers.get("min_project_score_threshold"),
        meta=meta,
    )
