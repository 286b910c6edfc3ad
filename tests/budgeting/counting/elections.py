"""Small made-up elections for property tests, with many ties.

Hypothesis chooses (and shrinks) sizes and a seed; the rest is drawn from that, which is many times faster.
"""

import random
from fractions import Fraction

from hypothesis import strategies as st

from budgeting.counting.model import Ballot, Election, Project, VoteType
from budgeting.counting.parameters import Completion, OnMisfit, Parameters, Start, Until, Utility
from budgeting.counting.ties import TieKey

IDS = ("1", "02", "b", "A.3", "10", "é", "z")
SEEDS = st.integers(0, 2**32 - 1)


def elections(vote_types=tuple(VoteType), max_projects=6, max_voters=8):
    return st.builds(
        election, st.sampled_from(vote_types), st.integers(1, max_projects), st.integers(0, max_voters), SEEDS
    )


def election(vote_type, projects, voters, seed):
    """Few different costs and many ballots alike, so that projects are often equal."""
    chance = random.Random(seed)
    ids = chance.sample(IDS, projects)
    numbers = chance.sample(range(projects), projects)
    papers = [ballot(chance, vote_type, ids) for _ in range(chance.randint(1, 5))]
    return Election(
        budget=chance.randint(0, 120),
        projects=tuple(map(project, [chance] * projects, ids, numbers)),
        ballots=tuple(chance.choice(papers) for _ in range(voters)),
        vote_type=vote_type,
        minor_units=chance.choice((1, 1, 100)),
    )


def project(chance, name, number):
    cost = chance.choice((chance.randint(0, 8) * 5, chance.randint(1, 60)))
    categories = tuple(name for name in ("parks", "roads") if chance.random() < 0.4)
    return Project(name, cost, number, categories=categories, withdrawn=chance.random() < 0.04)


def ballot(chance, vote_type, ids):
    most = 1 if vote_type is VoteType.CHOOSE_ONE else len(ids)
    named = tuple(chance.sample(ids, chance.randint(0, most)))
    if not vote_type.has_points:
        return Ballot(named)
    least = -2 if vote_type is VoteType.SCORING else 0
    choices = [*map(Fraction, range(least, 5)), Fraction(1, 2), Fraction(5, 4)]
    return Ballot(named, tuple(chance.choice(choices) for _ in named))


def parameters(rule, **fixed):
    """Makes of an election what may be asked of a rule, conflicts and caps too if it is a greedy one."""
    return SEEDS.map(lambda seed: lambda election: asked(election, rule, seed, fixed))


def asked(election, rule, seed, fixed):
    chance = random.Random(seed)
    ids = [project.id for project in election.projects]
    keys = tuple(chance.sample(list(TieKey), chance.randint(0, 4)))
    options = {
        "threshold": chance.choice((None, None, Fraction(chance.randint(0, 5)))),
        "utility": chance.choice(list(Utility)),
        "start": chance.choice(list(Start)),
        "step": chance.choice((None, Fraction(1), Fraction(7, 2))),
        "until": chance.choice(list(Until)),
        "completion": chance.choice(list(Completion)),
        "compare_greedy": chance.random() < 0.5,
        "ties": keys,
        "lots": tuple(chance.sample(ids, chance.randint(1, len(ids)))) if TieKey.LOT in keys else (),
    }
    if rule.is_greedy:
        options |= {
            "on_misfit": chance.choice(list(OnMisfit)),
            "conflicts": tuple(
                frozenset(chance.sample(ids, chance.randint(1, len(ids))))
                for _ in range(chance.randint(0, 2))
            ),
            "caps": {name: chance.randint(0, 60) for name in ("parks", "roads") if chance.random() < 0.4},
        }
    return Parameters(rule=rule, **(options | fixed))


def some(chance, ids):
    return frozenset(chance.sample(ids, chance.randint(1, len(ids))))
