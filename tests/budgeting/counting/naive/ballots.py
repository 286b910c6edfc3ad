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
    """The project that goes first, by one criterion after another."""
    by_id = election.project_by_id
    backers = supporters(election)
    ranks = {
        "cheaper": lambda project: by_id[project].cost,
        "dearer": lambda project: -by_id[project].cost,
        "supporters": lambda project: -len(backers[project]),
        "registered": lambda project: by_id[project].number,
        "lot": lambda project: lots.index(project) if project in lots else len(lots),
        "id": lambda project: project,
    }
    for key in (*keys, "id"):
        best = min(ranks[key](project) for project in equal)
        equal = [project for project in equal if ranks[key](project) == best]
        if len(equal) == 1:
            return equal[0], key
    raise AssertionError("the same id twice")
