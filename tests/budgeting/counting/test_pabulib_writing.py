"""What is written says the same as what was read, in a way that Pabulib's own checker takes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.counting import pabulib
from budgeting.counting.model import Ballot, Election, Project, VoteType
from budgeting.counting.pabulib import ErrorCode, PabulibError
from tests.budgeting.counting.checking import checked
from tests.budgeting.counting.pb_files import META, PROJECTS, pb, with_points

# All that a field may hold; a text as it stands has no blanks around it.
CHARACTERS = st.sampled_from('\n\r;", ') | st.characters(exclude_categories=("Cs",), exclude_characters="\0")
TEXTS = st.text(CHARACTERS, max_size=12).map(str.strip)
IDS = TEXTS.map(lambda text: text.replace(",", ".")).filter(
    lambda text: text and text.upper() not in {"META", "PROJECTS", "VOTES"}
)
AMOUNTS = st.fractions(min_value=0, max_value=10**9, max_denominator=1).flatmap(
    lambda whole: st.integers(0, 999).map(lambda thousandths: whole + Fraction(thousandths, 1000))
)


@st.composite
def elections(draw):
    vote_type = draw(st.sampled_from(VoteType))
    ids = draw(st.lists(IDS, max_size=5, unique=True))
    projects = tuple(
        Project(
            project, int(draw(AMOUNTS) * 1000), number, draw(TEXTS), tuple(draw(st.lists(IDS, max_size=2)))
        )
        for number, project in enumerate(ids)
    )
    points = st.integers(-5 if vote_type is VoteType.SCORING else 0, 100).map(
        lambda tenths: Fraction(tenths, 10)
    )
    ballots = []
    for chosen in draw(
        st.lists(st.lists(st.sampled_from(ids), unique=True) if ids else st.just([]), max_size=5)
    ):
        given_points = tuple(draw(points) for _ in chosen) if vote_type.has_points else None
        ballots.append(Ballot(tuple(chosen), given_points))
    return Election(
        int(draw(AMOUNTS) * 1000), projects, tuple(ballots), vote_type, minor_units=1000, meta=META
    )


@given(elections())
def test_an_election_is_the_same_after_writing_and_reading(election):
    file = pabulib.from_election(election)
    again = pabulib.read(pabulib.write(file))
    assert again == file
    factor = election.minor_units // again.election.minor_units
    assert again.election.budget * factor == election.budget
    assert [replace(project, cost=project.cost * factor) for project in again.election.projects] == list(
        election.projects
    )
    assert again.election.ballots == election.ballots
    assert again.election.vote_type is election.vote_type


EVERYTHING = pb(
    {"budget": "2458488,50", "Mayor": "A; B", "categories": "a , b", "min_project_score_threshold": "2,5"},
    projects=(
        "project_id;cost;votes;target;Colour;selected",
        '1;600;1;young , old;"x ""y""\nz";1',
        "02;800.10;1;;;0",
        "A.3/x;999999999;1;;;2;kept;too",
    ),
    votes=("age;voter_id;vote;sex", "17;7;1,02;F", "40-59;008;A.3/x", ";9; ;O"),
)
FILES = {
    "a third column of META": pb()
    .replace("key;value", "key;value;source")
    .replace("Kerava", "Kerava;letter"),
    "everything": EVERYTHING,
    "from a table program": EVERYTHING.replace("\n", "\r\n"),
    "approval": pb(),
    "choose-1": pb({"vote_type": "choose-1"}, votes=("voter_id;vote", "1;1", "2;1")),
    "ordinal": pb({"vote_type": "ordinal"}, votes=("voter_id;vote;points", "1;02,1;2,1", "2;1;1")),
    "cumulative": with_points(),
    "scoring": with_points("scoring", ("voter_id;vote;points", "1;02,1;0.5,-3")),
    "twice named": pb(votes=("voter_id;vote", "1;1,02,1,,", "2;")),
    "no rows": pb(projects=PROJECTS[:1], votes=("voter_id;vote",)),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_same_after_writing_and_reading(name):
    file = pabulib.read(FILES[name].encode())
    written = pabulib.write(file)
    assert pabulib.read(written) == file
    assert pabulib.write(pabulib.read(written)) == written


def test_a_file_is_written_in_one_way():
    lines = pabulib.write(pabulib.read(EVERYTHING.encode())).decode().split("\n")
    assert "budget;2458488.50" in lines
    assert 'Mayor;"A; B"' not in lines
    assert "Mayor;A;B" in lines
    assert "categories;a,b" in lines
    assert "project_id;cost;votes;beneficiaries;Colour;selected" in lines
    assert '1;600;1;young,old;"x ""y""' in lines
    assert "A.3/x;999999999;1;;;2;kept;too" in lines
    assert lines[-5:] == ["age;voter_id;vote;sex", "17;7;1,02;F", "40-59;008;A.3/x;", ";9;;O", ""]


def election(vote_type=VoteType.APPROVAL, second=Fraction(2), **changes):
    projects = (
        Project("1", 60_050, 0, "Park", ("green", "sport"), ("North",), ("young",)),
        Project("02", 80_000, 1, 'Bridge; "new"', ("sport",), ("South",)),
    )
    points = [(Fraction(5), second), (Fraction(3),)] if vote_type.has_points else [None, None]
    ballots = (Ballot(("02", "1"), points[0]), Ballot(("1",), points[1]))
    given_meta = META | {"max_sum_points": "10"} if vote_type is VoteType.CUMULATIVE else META
    return Election(100_000, projects, ballots, vote_type, 100, "EUR", meta=given_meta, **changes)


MANY = (VoteType.APPROVAL, VoteType.ORDINAL, VoteType.CUMULATIVE, VoteType.SCORING)


@pytest.mark.parametrize("vote_type", MANY)
def test_an_election_becomes_a_file_that_pabulib_takes(vote_type):
    voters = [{"voter_id": "a", "age": "30", "sex": "F"}, {"voter_id": "b", "age": "18-25", "sex": ""}]
    selected = {"1": 1}
    file = pabulib.from_election(election(vote_type), selected=selected, voters=voters)
    assert file.warnings == ()
    assert (file.stated_votes, file.selected) == ({"1": 2, "02": 1}, {"1": 1, "02": 0})
    assert file.votes.column("age") == ("30", "18-25")
    assert checked(pabulib.write(file)) == {}


def test_scores_and_votes_are_counted_for_the_file():
    whole = election(VoteType.CUMULATIVE, second=Fraction(1, 2), score_threshold=Fraction(5, 2))
    file = pabulib.from_election(whole)
    assert file.stated_scores == {"1": Fraction(7, 2), "02": 5}
    assert file.votes.rows == (("1", "02,1", "5,0.5"), ("2", "1", "3"))
    assert (file.meta["budget"], file.meta["currency"]) == ("1000", "EUR")
    assert file.projects.column("cost") == ("600.5", "800")
    assert file.election.score_threshold == Fraction(5, 2)
    assert "score" not in pabulib.from_election(election()).projects.columns


REFUSED = {
    "an id that begins a section": (Ballot(()), Project("votes", 1, 0), ErrorCode.RESERVED_WORD),
    "an id with a comma": (Ballot(()), Project("a,b", 1, 0), ErrorCode.COMMA_IN_ID),
    "no id": (Ballot(()), Project("", 1, 0), ErrorCode.MISSING_ID),
    "a cost below zero": (Ballot(()), Project("a", -1, 0), ErrorCode.NEGATIVE),
    "a NUL": (Ballot(()), Project("a", 1, 0, "a\0"), ErrorCode.NUL_CHARACTER),
    "a vote for nothing": (Ballot(("b",), (Fraction(1),)), Project("a", 1, 0), ErrorCode.UNKNOWN_PROJECT),
    "a third of a point": (Ballot(("a",), (Fraction(1, 3),)), Project("a", 1, 0), ErrorCode.NOT_A_NUMBER),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_election_that_the_format_cannot_hold_is_refused(name):
    ballot, project, code = REFUSED[name]
    wrong = Election(1000, (project,), (ballot,), VoteType.CUMULATIVE, meta=META)
    with pytest.raises(PabulibError) as raised:
        pabulib.from_election(wrong)
    assert raised.value.code is code


def test_a_row_that_would_begin_a_section_is_not_written():
    file = pabulib.read(pb().encode())
    rows = (("VOTES", "1"), *file.votes.rows)
    with pytest.raises(PabulibError) as raised:
        pabulib.write(replace(file, votes=replace(file.votes, rows=rows)))
    assert (raised.value.code, raised.value.value) == (ErrorCode.RESERVED_WORD, "VOTES")
