"""From an election to a `.pb` file: what a city publishes of its vote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from budgeting.counting.model import Election, Project
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.amounts import NotANumber, decimal_text
from budgeting.counting.pabulib.consistency import count_scores, count_votes
from budgeting.counting.pabulib.errors import Findings
from budgeting.counting.pabulib.file import PabulibFile, Section
from budgeting.counting.pabulib.limits import DEFAULT_LIMITS, Limits
from budgeting.counting.pabulib.reader import read
from budgeting.counting.pabulib.writer import write_sections

Rows = list[dict[str, str]]


def from_election(
    election: Election,
    *,
    selected: Mapping[str, int] | None = None,
    voters: Sequence[Mapping[str, str]] | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> PabulibFile:
    """The file that says the same as `election`, votes and scores counted.

    The keys of META that no election has (description, country, unit, instance, rule, date_begin, date_end …)
    come from `election.meta`. `selected` tells what was funded; `voters` holds one mapping for each ballot,
    of `voter_id` and of what else is published of a voter; without it voters are numbered from 1. Raises
    PabulibError where the format cannot hold what is given, for the file is read again before it is returned.
    """
    numbered = [{"voter_id": str(number)} for number in range(1, len(election.ballots) + 1)]
    needed = ("voter_id", "vote", "points") if election.vote_type.has_points else ("voter_id", "vote")
    try:
        data = write_sections(
            Section(("key", "value"), tuple(meta_of(election).items())),
            section_of(project_rows(election, selected or {}), names.PROJECT_COLUMNS, ("project_id", "cost")),
            section_of(vote_rows(election, voters or numbered), names.VOTE_COLUMNS, needed),
        )
    except NotANumber as error:
        raise Findings("").fail(error.code) from error
    return read(data, limits)


def meta_of(election: Election) -> dict[str, str]:
    """In the format's order, keys that it does not know last."""
    values = dict(election.meta) | {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": decimal_text(election.budget, election.minor_units),
        "vote_type": str(election.vote_type),
    }
    if election.currency:
        values["currency"] = election.currency
    if election.score_threshold is not None:
        values["min_project_score_threshold"] = decimal_text(election.score_threshold)
    order = [key for key in names.META_KEYS if key in values] + [
        key for key in values if key not in names.META_KEYS
    ]
    return {key: values[key] for key in order}


def project_rows(election: Election, selected: Mapping[str, int]) -> Rows:
    votes = count_votes(election.ballots)
    scores = {} if election.vote_type.is_choice else count_scores(election.ballots, election.vote_type)
    rows = []
    for project in election.projects:
        row = texts_of(project) | {
            "cost": decimal_text(project.cost, election.minor_units),
            "votes": str(votes.get(project.id, 0)),
        }
        if not election.vote_type.is_choice:
            row["score"] = decimal_text(scores.get(project.id, 0))
        if selected:
            row["selected"] = str(selected.get(project.id, 0))
        rows.append(row)
    return rows


def texts_of(project: Project) -> dict[str, str]:
    return {
        "project_id": project.id,
        "name": project.name.strip(),
        "category": ",".join(project.categories),
        "beneficiaries": ",".join(project.targets),
        "neighborhood": ",".join(project.neighbourhoods),
    }


def vote_rows(election: Election, voters: Sequence[Mapping[str, str]]) -> Rows:
    rows = []
    for voter, ballot in zip(voters, election.ballots, strict=True):
        row = dict(voter) | {"vote": ",".join(ballot.projects)}
        if election.vote_type.has_points:
            row["points"] = ",".join(map(decimal_text, ballot.points or ()))
        rows.append(row)
    return rows


def section_of(rows: Rows, order: Iterable[str], needed: tuple[str, ...]) -> Section:
    """The columns that hold something, in the format's order; unknown ones last."""
    used = dict.fromkeys(key for row in rows for key, cell in row.items() if cell)
    columns = [name for name in order if name in used or name in needed]
    columns += [name for name in used if name not in columns]
    return Section(tuple(columns), tuple(tuple(row.get(name, "") for name in columns) for row in rows))
