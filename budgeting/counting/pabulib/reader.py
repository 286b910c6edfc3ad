"""`read`: a `.pb` file from its bytes, or all that is wrong with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from budgeting.counting.model import Election
from budgeting.counting.pabulib import records
from budgeting.counting.pabulib.amounts import minor_units
from budgeting.counting.pabulib.ballot_limits import BallotLimits
from budgeting.counting.pabulib.ballots import BallotReader
from budgeting.counting.pabulib.cells import CellReader
from budgeting.counting.pabulib.consistency import Consistency
from budgeting.counting.pabulib.errors import Findings
from budgeting.counting.pabulib.file import PabulibFile
from budgeting.counting.pabulib.limits import DEFAULT_LIMITS, Limits
from budgeting.counting.pabulib.meta import MetaReader
from budgeting.counting.pabulib.projects import ProjectsReader
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
    projects_reader = ProjectsReader(cells, limits, regulations)
    projects = projects_reader.read(cursor)
    rows = projects_reader.rows
    assert regulations.vote_type
    ballots = BallotReader(
        regulations.vote_type, {key: key for key in rows}, BallotLimits(regulations, rows), limits.digits
    )
    votes_reader = VotesReader(cells, limits, regulations.vote_type, ballots)
    votes = votes_reader.read(cursor)
    cursor.close()
    if not findings.errors:
        consistency = Consistency(cells, regulations, rows, projects.columns)
        consistency.check_meta(len(votes.rows))
        consistency.check_projects(votes_reader.ballots, regulations.vote_type)
    if findings.errors:
        raise findings.stop()
    units = minor_units([*regulations.all_amounts(), *(row.cost for row in rows.values())])
    election = Election(
        budget=int(regulations.amounts["budget"] * units),
        projects=tuple(row.project(number, units) for number, row in enumerate(rows.values())),
        ballots=tuple(votes_reader.ballots),
        vote_type=regulations.vote_type,
        minor_units=units,
        currency={row[0]: row[1] for row in meta.rows}.get("currency", ""),
        score_threshold=regulations.numbers.get("min_project_score_threshold"),
        meta={row[0]: row[1] for row in meta.rows},
    )
    return PabulibFile(
        meta_section=meta,
        projects=projects,
        votes=votes,
        election=election,
        warnings=tuple(sorted(findings.warnings, key=lambda warning: warning.line or 0)),
        warning_counts=dict(findings.counts),
        source=findings.source,
        sha256=hashlib.sha256(data).hexdigest(),
    )
