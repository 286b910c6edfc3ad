"""The greedy rules: best first, round by round."""

from fractions import Fraction

from tests.budgeting.counting.naive import ballots


def merit(election, score, by_ratio):
    """What projects are ordered by, the most first: (0 or 1 for infinite, number)."""

    def of(project):
        if not by_ratio:
            return 0, score[project]
        cost = election.project_by_id[project].cost
        if cost:
            return 0, score[project] / cost
        return ((score[project] > 0) - (score[project] < 0)), Fraction(0)

    return of


def greedy(
    election,
    by_ratio=False,
    on_misfit="skip",
    threshold=None,
    keys=(),
    lots=(),
    conflicts=(),
    caps=None,
    funded=(),
    ties=None,
):
    """`funded` are in already. Ties are appended to `ties` as (round, equal, chosen, criterion)."""
    worth = merit(election, ballots.scores(election), by_ratio)
    cost = {project.id: project.cost for project in election.projects}
    categories = {project.id: project.categories for project in election.projects}
    left = [project for project in ballots.in_the_count(election, threshold) if project not in funded]
    outcome, number = list(funded), 0
    while left:
        number += 1
        best = max(worth(project) for project in left)
        equal = [project for project in left if worth(project) == best]
        project, key = ballots.first_of(election, equal, keys, lots)
        if len(equal) > 1 and ties is not None:
            ties.append((number, tuple(sorted(equal)), project, key))
        left.remove(project)
        if any(project in group and set(group) & set(outcome) for group in conflicts):
            continue
        if any(
            sum(cost[other] for other in outcome if name in categories[other]) + cost[project] > cap
            for name, cap in (caps or {}).items()
            if name in categories[project]
        ):
            continue
        if sum(cost[other] for other in outcome) + cost[project] > election.budget:
            if on_misfit == "stop":
                break
            continue
        outcome.append(project)
    return outcome
