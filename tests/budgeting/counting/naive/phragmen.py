"""Phragmén's sequential rule with costs: loads of every voter, all projects looked at in every round."""

from fractions import Fraction

from tests.budgeting.counting.naive import ballots


def phragmen(election, threshold=None, keys=(), lots=(), ties=None):
    """Projects in the order bought, and the load of each."""
    backers = ballots.supporters(election)
    cost = {project.id: project.cost for project in election.projects}
    left = [
        project
        for project in ballots.in_the_count(election, threshold)
        if backers[project] and cost[project] <= election.budget
    ]
    load = [Fraction(0)] * len(election.ballots)
    bought, loads = [], []
    while left:
        after = {
            project: (cost[project] + sum(load[voter] for voter in backers[project])) / len(backers[project])
            for project in left
        }
        least = min(after.values())
        equal = [project for project in left if after[project] == least]
        project, key = ballots.first_of(election, equal, keys, lots)
        if len(equal) > 1 and ties is not None:
            ties.append((len(bought) + 1, tuple(sorted(equal)), project, key))
        if sum(cost[other] for other in bought) + cost[project] > election.budget:
            break
        for voter in backers[project]:
            load[voter] = least
        left.remove(project)
        bought.append(project)
        loads.append(least)
    return bought, loads
