"""The slow, obviously right counterpart: every voter by name, every number a Fraction, nothing merged."""

from fractions import Fraction


def utilities(election):
    """value[voter][project id], positive and negative ones, as the ballots say."""
    return [
        {
            project: Fraction(value)
            for project, value in zip(ballot.projects, ballot.values(election.vote_type), strict=True)
        }
        for ballot in election.ballots
    ]


def scores(election):
    values = utilities(election)
    return {
        project.id: sum((own.get(project.id, 0) for own in values), Fraction(0))
        for project in election.projects
    }


def supporters(election):
    values = utilities(election)
    return {
        project.id: [voter for voter, own in enumerate(values) if own.get(project.id, 0) > 0]
        for project in election.projects
    }


def in_the_count(election, threshold):
    score = scores(election)
    return [
        project.id
        for project in election.projects
        if not project.withdrawn and (threshold is None or score[project.id] >= threshold)
    ]


def first_of(election, equal, keys, lots=()):
    """The project that goes first, by one criterion after another, and the one that decided."""
    by_id = election.project_by_id

    def rank(key, project):
        if key == "supporters":
            values = utilities(election)
            return -sum(own.get(project, 0) > 0 for own in values)
        if key == "lot":
            return lots.index(project) if project in lots else len(lots)
        cost, number = by_id[project].cost, by_id[project].number
        return {"cheaper": cost, "dearer": -cost, "registered": number, "id": project}[key]

    decided_by = None
    for key in (*keys, "id"):
        if len(equal) > 1:
            decided_by = key
            best = min(rank(key, project) for project in equal)
            equal = [project for project in equal if rank(key, project) == best]
    return equal[0], decided_by
