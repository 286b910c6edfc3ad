"""Small made-up elections for property tests, with many ties."""

from fractions import Fraction

from hypothesis import strategies as st

from budgeting.counting.model import Ballot, Election, Project, VoteType
from budgeting.counting.parameters import Completion, OnMisfit, Parameters, Start, Until, Utility
from budgeting.counting.ties import TieKey

IDS = ("1", "02", "b", "A.3", "10", "é", "z")


@st.composite
def elections(draw, vote_types=tuple(VoteType), max_projects=6, max_voters=8, free=True):
    """Few different costs and many ballots alike, so that projects are often equal."""
    vote_type = draw(st.sampled_from(vote_types))
    ids = draw(st.permutations(IDS))[: draw(st.integers(1, max_projects))]
    minor_units = draw(st.sampled_from((1, 1, 100)))
    costs = st.integers(0 if free else 1, 8).map(lambda cost: cost * 5) | st.integers(1, 60)
    numbers = draw(st.permutations(range(len(ids))))
    projects = tuple(
        Project(
            project,
            draw(costs),
            number,
            categories=tuple(draw(st.sets(st.sampled_from(("parks", "roads")), max_size=2))),
            withdrawn=draw(st.integers(0, 19)) == 19,
        )
        for project, number in zip(ids, numbers, strict=True)
    )
    papers = draw(st.lists(ballots(vote_type, ids), max_size=4))
    cast = tuple(draw(st.lists(st.sampled_from(papers), max_size=max_voters))) if papers else ()
    return Election(draw(st.integers(0, 120)), projects, cast, vote_type, minor_units)


@st.composite
def ballots(draw, vote_type, ids):
    most = 1 if vote_type is VoteType.CHOOSE_ONE else len(ids)
    named = tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=most)))
    if not vote_type.has_points:
        return Ballot(named)
    least = -2 if vote_type is VoteType.SCORING else 0
    points = st.integers(least, 4) | st.sampled_from((Fraction(1, 2), Fraction(5, 3)))
    return Ballot(named, tuple(Fraction(draw(points)) for _ in named))


@st.composite
def parameters(draw, election, rule, restricted=False):
    """What may be asked of a rule, conflicts and caps too where `restricted`."""
    ids = [project.id for project in election.projects]
    keys = draw(st.lists(st.sampled_from(list(TieKey)), unique=True))
    lots = draw(st.permutations(ids))[: draw(st.integers(1, len(ids)))]
    asked = {}
    if restricted:
        asked["conflicts"] = tuple(
            draw(st.lists(st.frozensets(st.sampled_from(ids), min_size=1), max_size=2))
        )
        asked["caps"] = draw(st.dictionaries(st.sampled_from(("parks", "roads")), st.integers(0, 60)))
        asked["on_misfit"] = draw(st.sampled_from(list(OnMisfit)))
    return Parameters(
        rule=draw(rule),
        threshold=draw(st.none() | st.none() | st.integers(0, 5).map(Fraction)),
        utility=draw(st.sampled_from(list(Utility))),
        start=draw(st.sampled_from(list(Start))),
        step=draw(st.sampled_from((None, Fraction(1), Fraction(7, 2)))),
        until=draw(st.sampled_from(list(Until))),
        completion=draw(st.sampled_from(list(Completion))),
        compare_greedy=draw(st.booleans()),
        ties=tuple(keys),
        lots=tuple(lots) if TieKey.LOT in keys else (),
        **asked,
    )
