"""The Method of Equal Shares, as the paper defines it: all projects looked at in every round."""

from fractions import Fraction

from tests.budgeting.counting.naive import ballots, greedy


def least_rho(cost, purses):
    """The least ρ with Σ min(b, ρ·u) = cost for purses (b, u), or None if they hold less."""
    if sum(b for b, _ in purses) < cost:
        return None
    if cost == 0:
        return Fraction(0)
    due = Fraction(cost)
    rest = sorted(purses, key=lambda purse: purse[0] / purse[1])
    while True:
        rho = due / sum(u for _, u in rest)
        b, u = rest[0]
        if b >= rho * u:
            return rho
        due -= b
        rest = rest[1:]


def count(election, share, utility="cost", keys=(), lots=(), threshold=None):
    """Projects in the order bought, the ρ of each, and the ties as (round, equal, chosen, criterion)."""
    values = ballots.utilities(election)
    backers = ballots.supporters(election)
    cost = {project.id: project.cost for project in election.projects}
    purse = {voter: Fraction(share) for voter in range(len(values))}
    left = [project for project in ballots.in_the_count(election, threshold) if backers[project]]
    bought, rhos, ties = [], [], []
    while True:
        rho = {}
        for project in left:
            # What costs nothing is worth nothing by cost, and has ρ = 0 all the same.
            factor = cost[project] if utility == "cost" and cost[project] else 1
            purses = [(purse[voter], values[voter][project] * factor) for voter in backers[project]]
            found = least_rho(cost[project], purses)
            if found is not None:
                rho[project] = found
        if not rho:
            return bought, rhos, ties
        least = min(rho.values())
        equal = [project for project in rho if rho[project] == least]
        chosen, key = ballots.first_of(election, equal, keys, lots)
        if len(equal) > 1:
            ties.append((len(bought) + 1, tuple(sorted(equal)), chosen, key))
        factor = cost[chosen] if utility == "cost" and cost[chosen] else 1
        for voter in backers[chosen]:
            purse[voter] -= min(purse[voter], least * values[voter][chosen] * factor)
        left.remove(chosen)
        bought.append(chosen)
        rhos.append(least)


def starting_share(election, start):
    if not election.ballots:
        return Fraction(0)
    share = Fraction(election.budget, len(election.ballots))
    return share if start == "exact" else share // election.minor_units * election.minor_units


def add_walk(election, start, step, until, **options):
    """The share raised by `step` again and again: the outcome that stands, and its share."""
    cost = {project.id: project.cost for project in election.projects}
    threshold = options.get("threshold")
    backers = ballots.supporters(election)
    running = ballots.in_the_count(election, threshold)
    supported = {project for project in running if backers[project]}
    share = starting_share(election, start)
    outcome = count(election, share, **options)[0]
    while True:
        left = election.budget - sum(cost[project] for project in outcome)
        exhaustive = not any(cost[project] <= left for project in running if project not in outcome)
        if set(outcome) == supported or (until == "exhaustive" and exhaustive):
            return outcome, share
        following = count(election, share + step, **options)[0]
        if sum(cost[project] for project in following) > election.budget:
            return outcome, share
        outcome, share = following, share + step


def equal_shares(
    election, completion="none", start="exact", step=1, until="exhaustive", compare_greedy=False, **options
):
    """All of it: the walk, greedy on the rest, the comparison with greedy."""
    cost = {project.id: project.cost for project in election.projects}
    by_votes = {key: value for key, value in options.items() if key != "utility"}
    if completion == "none":
        outcome = count(election, starting_share(election, start), **options)[0]
    else:
        outcome, _ = add_walk(election, start, step, until, **options)
    if completion == "add-greedy":
        outcome = greedy.greedy(election, funded=outcome, **by_votes)
    if compare_greedy:
        other = greedy.greedy(election, **by_votes)
        backers = ballots.supporters(election)
        here = there = 0
        for voter in range(len(election.ballots)):
            ours = sum(voter in backers[project] for project in outcome)
            theirs = sum(voter in backers[project] for project in other)
            here += ours > theirs
            there += theirs > ours
        if there > here:
            return other
    assert sum(cost[project] for project in outcome) <= election.budget
    return outcome
