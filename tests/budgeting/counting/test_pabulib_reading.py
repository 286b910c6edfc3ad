"""The format, read: what stands in a file is what is counted."""

import hashlib
import time
from fractions import Fraction

import pytest

from budgeting.counting import pabulib
from budgeting.counting.model import Ballot, Project, VoteType
from budgeting.counting.pabulib import WarningCode
from tests.budgeting.counting.made_up import big_file
from tests.budgeting.counting.pb_files import PROJECTS, VOTES, pb, with_points


def read(text, **options):
    return pabulib.read(text.encode(), **options)


def test_sections_become_an_election():
    file = read(pb({"currency": "EUR", "min_project_score_threshold": "3"}))
    election = file.election
    assert (election.budget, election.minor_units, election.currency) == (1000, 1, "EUR")
    assert election.vote_type is VoteType.APPROVAL
    assert election.score_threshold == 3
    assert election.projects == (Project("1", 600, 0), Project("02", 800, 1), Project("A.3/x", 400, 2))
    assert election.ballots == (Ballot(("1", "02")), Ballot(("A.3/x",)))
    assert file.warnings == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_change_nothing(line_end, mark):
    assert read(mark + pb().replace("\n", line_end)) == read(pb())


def test_a_file_may_end_without_a_line_end_or_with_empty_lines():
    assert read(pb().rstrip("\n")) == read(pb() + "\n\n") == read(pb())
    assert read(pb() + "\n\n").warnings == ()


def test_a_file_from_a_table_program_has_delimiters_to_spare():
    wide = "\n".join(line + ";" * (4 - line.count(";")) for line in pb().splitlines())
    assert read(wide) == read(pb())
    assert read(wide).warnings == ()


def test_quoted_fields_hold_semicolons_quotes_and_line_breaks():
    name = '"Park; ""Elä""\nnyt"'
    file = read(pb(projects=("project_id;cost;name", f"1;600;{name}", "02;800;", 'A.3/x;"400";a "b" c')))
    assert [project.name for project in file.election.projects] == ['Park; "Elä"\nnyt', "", 'a "b" c']


def test_problems_after_a_quoted_line_break_have_the_line_of_the_file():
    text = pb(projects=("project_id;cost;name", '1;600;"two\nlines"', "02;x;", "A.3/x;400;"))
    with pytest.raises(pabulib.PabulibError) as raised:
        read(text)
    assert text.splitlines()[raised.value.line - 1] == "02;x;"


def test_blanks_around_cells_and_items_do_not_count():
    tight = pb(votes=VOTES).replace("1,02", "1,02")
    loose = (
        tight.replace("1,02", " 1 , 02 ")
        .replace("budget;1000", " budget ;  1000 ")
        .replace("VOTES", " VOTES ")
    )
    assert read(loose) == read(tight)
    assert pabulib.write(read(loose)) == pabulib.write(read(tight))
    assert read(
        pb(projects=("project_id; cost; category", '1; 600; "a, b"', *PROJECTS[2:]))
    ).election.projects[0].categories == ("a", "b")


@pytest.mark.parametrize(
    ("budget", "cost", "units", "expected"),
    [
        ("1000", "600", 1, (1000, 600)),
        ("1000.00", "600.0", 1, (1000, 600)),
        ("2458488.22", "600", 100, (245848822, 60000)),
        ("2458488,22", "600", 100, (245848822, 60000)),
        ("1000", "0.1", 10, (10000, 1)),
        ("1000", "600.1234567", 10**7, (1000 * 10**7, 6001234567)),
        ("9007199254740993", "9007199254740993.01", 100, (900719925474099300, 900719925474099301)),
    ],
)
def test_amounts_are_exact(budget, cost, units, expected):
    election = read(pb({"budget": budget}, projects=("project_id;cost", f"1;{cost}", *PROJECTS[2:]))).election
    assert election.minor_units == units
    assert (election.budget, election.projects[0].cost) == expected
    assert type(election.budget) is type(election.projects[0].cost) is int


def test_a_limit_of_cents_makes_cents_the_unit():
    assert read(pb({"max_sum_cost": "99.50"})).election.minor_units == 10


@pytest.mark.parametrize("vote_type", [VoteType.CUMULATIVE, VoteType.SCORING])
def test_points_are_exact(vote_type):
    votes = ("voter_id;vote;points", "7;1,02;0.1,2", "008; A.3/x , 1 ; 3 , 0 ")
    file = read(with_points(str(vote_type), votes))
    assert file.election.vote_type is vote_type
    assert file.election.ballots[0] == Ballot(("1", "02"), (Fraction(1, 10), Fraction(2)))
    assert file.election.ballots[1] == Ballot(("A.3/x", "1"), (Fraction(3), Fraction(0)))


def test_points_below_zero_are_for_scoring_alone():
    votes = ("voter_id;vote;points", "7;1;-2", "008;;")
    assert read(with_points("scoring", votes)).election.ballots[0].points == (Fraction(-2),)
    with pytest.raises(pabulib.PabulibError):
        read(with_points("cumulative", votes))


def test_ordinal_ballots_are_worth_their_own_length_downwards():
    ballots = read(pb({"vote_type": "ordinal"})).election.ballots
    assert [ballot.values(VoteType.ORDINAL) for ballot in ballots] == [(2, 1), (1,)]
    stated = pb({"vote_type": "ordinal"}, votes=("voter_id;vote;points", "7;1,02;2,1", "008;A.3/x;1"))
    assert read(stated).election.ballots == ballots
    assert read(stated).warnings == ()


def test_choose_1_names_one_project():
    file = read(pb({"vote_type": "choose-1"}, votes=("voter_id;vote", "7;1", "8;02")))
    assert file.election.vote_type is VoteType.CHOOSE_ONE
    assert file.warnings == ()


def test_an_empty_ballot_is_a_voter():
    file = read(pb(votes=("voter_id;vote", "7;", "8;1")))
    assert file.election.ballots == (Ballot(()), Ballot(("1",)))
    assert file.warnings == ()


def test_a_vote_without_projects_and_ballots_is_read():
    empty = {"num_projects": "0", "num_votes": "0"}
    election = read(pb(empty, projects=PROJECTS[:1], votes=VOTES[:1])).election
    assert (election.projects, election.ballots) == ((), ())


@pytest.mark.parametrize("column", ["beneficiaries", "target", "Target"])
def test_projects_tell_whom_and_where_they_are_for(column):
    header = f"project_id;cost;category;{column};neighborhood"
    file = read(pb(projects=(header, "1;600;a,b;young,old;North", "02;800;;;", "A.3/x;400;a;;")))
    first = file.election.projects[0]
    assert (first.categories, first.targets) == (("a", "b"), ("young", "old"))
    assert first.neighbourhoods == ("North",)
    assert file.projects.columns[3] == "beneficiaries"


def test_what_the_file_states_is_there_beside_what_is_counted():
    header = "project_id;cost;votes;score;selected"
    file = read(pb(projects=(header, "1;600;1;1;1", "02;800;1;1.0;0", "A.3/x;400;1;;3")))
    assert file.selected == {"1": 1, "02": 0, "A.3/x": 3}
    assert file.stated_votes == {"1": 1, "02": 1, "A.3/x": 1}
    assert file.stated_scores == {"1": 1, "02": 1}
    assert file.warnings == ()
    assert (read(pb()).selected, read(pb()).stated_votes) == ({}, {})


def test_a_withdrawn_project_is_marked():
    file = read(pb(projects=(*PROJECTS[:3], "A.3/x;999999999")))
    assert [project.withdrawn for project in file.election.projects] == [False, False, True]
    assert [warning.code for warning in file.warnings] == [WarningCode.PROJECT_WITHDRAWN]


def test_unknown_keys_and_columns_are_kept_as_they_stand():
    file = read(
        pb(
            {"Mayor": "A, B", "neighborhoods": "N , S"},
            projects=("project_id;cost;Colour", "1;600;red, blue", "02;800;", "A.3/x;400;"),
            votes=("age;voter_id;Vote;Mood", "12;7;1,02;good, bad", ";008;A.3/x;"),
        )
    )
    assert file.meta["Mayor"] == file.election.meta["Mayor"] == "A, B"
    assert file.meta["neighborhoods"] == "N,S"
    assert file.projects.column("Colour") == ("red, blue", "", "")
    assert file.votes.columns == ("age", "voter_id", "vote", "Mood")
    assert file.votes.rows[0] == ("12", "7", "1,02", "good, bad")
    assert file.projects.column("colour") is None


def test_known_names_are_taken_in_any_case():
    text = pb().replace("META", "Meta").replace("budget", "Budget").replace("project_id", "PROJECT_ID")
    assert read(text.replace(";approval", ";Approval")) == read(pb())


def test_a_file_is_read_from_a_path_or_from_bytes(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_bytes(pb().encode())
    file = pabulib.read(path)
    assert file == pabulib.read(str(path)) == read(pb())
    assert file.source == str(path)
    assert file.sha256 == hashlib.sha256(pb().encode()).hexdigest()
    assert read(pb(), name="upload.pb").source == "upload.pb"


def test_a_large_vote_is_read_in_a_moment():
    """About a second of processor time; more where the machine is busy (`make bench` measures)."""
    data = big_file()
    assert len(data) > 4_000_000
    begun = time.process_time()
    file = pabulib.read(data)
    assert time.process_time() - begun < 5
    assert len(file.election.ballots) == 65_000
    assert file.warnings == ()
