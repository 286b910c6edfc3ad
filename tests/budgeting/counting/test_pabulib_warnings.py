"""What is odd about a file is counted and listed, and the file is read."""

import pytest

from budgeting.counting import pabulib
from budgeting.counting.model import Ballot
from tests.budgeting.counting.pb_files import (
    FIRST_PROJECT,
    FIRST_VOTE,
    META,
    PROJECTS,
    VOTES,
    pb,
    with_points,
)

KEYS = {key: number for number, key in enumerate(META, 3)}
AFTER_META = 3 + len(META)
POINTS = "voter_id;vote;points"


def projects(*rows, header="project_id;cost", **meta):
    return pb(
        {"num_projects": str(len(rows))} | meta, projects=(header, *rows), votes=("voter_id;vote", "7;", "8;")
    )


def ballot(row, **meta):
    return pb(meta | {"num_votes": "1"}, votes=("voter_id;vote", row))


def points(row, vote_type="cumulative", **meta):
    return with_points(vote_type, (POINTS, row), num_votes="1", **meta)


CATEGORIES = ("project_id;cost;category", "1;600;a", "02;800;a,b", "A.3/x;400;c")


def by_category(row, **meta):
    return pb(
        meta | {"categories": "a,b,c", "num_votes": "1"}, projects=CATEGORIES, votes=("voter_id;vote", row)
    )


# name: (text, [(code, line, column, field, value, expected)])
ODD = {
    "empty line": (
        pb().replace("VOTES", "\n\nVOTES"),
        [("empty-line", FIRST_VOTE - 2, None, "", "", ())] * 2,
    ),
    "short row": (pb(votes=(*VOTES[:2], "8")), [("row-short", FIRST_VOTE + 1, 1, "", "1", ("2",))]),
    "long row": (pb(votes=(*VOTES[:2], "8;1;x")), [("row-long", FIRST_VOTE + 1, 3, "", "x", ("2",))]),
    "empty cells too many": (pb(votes=(*VOTES[:2], "8;1;;")), []),
    "empty item": (ballot("7;1,,02"), [("empty-item", FIRST_VOTE, 2, "vote", "1,,02", ())]),
    "decimal comma": (
        pb({"budget": "1000,5"}),
        [("decimal-comma", KEYS["budget"], 2, "budget", "1000,5", ("1000.5",))],
    ),
    "decimal comma of a cost": (
        projects("1;6,25"),
        [("decimal-comma", FIRST_PROJECT, 2, "cost", "6,25", ("6.25",))],
    ),
    "target": (
        projects("1;6;x", header="project_id;cost;target"),
        [("renamed-column", FIRST_PROJECT - 1, 3, "target", "target", ("beneficiaries",))],
    ),
    "a key that the format demands": (pb(without=("rule",)), [("key-missing", 2, 1, "rule", "", ("rule",))]),
    "an empty one": (pb({"rule": ""}), [("key-missing", KEYS["rule"], 1, "rule", "", ("rule",))]),
    "number of projects": (
        pb({"num_projects": "4"}),
        [("count-differs", KEYS["num_projects"], 2, "num_projects", "4", ("3",))],
    ),
    "number of votes": (
        pb({"num_votes": "1"}),
        [("count-differs", KEYS["num_votes"], 2, "num_votes", "1", ("2",))],
    ),
    "stated votes": (
        pb(projects=("project_id;cost;votes", "1;600;1", "02;800;2", "A.3/x;400;")),
        [("votes-differ", FIRST_PROJECT + 1, 3, "votes", "2", ("1",))],
    ),
    "stated score": (
        pb(
            {"vote_type": "ordinal"}, projects=("project_id;cost;score", "1;600;2", "02;800;2", "A.3/x;400;1")
        ),
        [("score-differs", FIRST_PROJECT + 1, 3, "score", "2", ("1",))],
    ),
    "free": (projects("1;0"), [("cost-zero", FIRST_PROJECT, 2, "cost", "0", ())]),
    "dearer than the budget": (
        projects("1;1000.01"),
        [("cost-above-budget", FIRST_PROJECT, 2, "cost", "1000.01", ("1000",))],
    ),
    "cheaper than allowed": (
        projects("1;99", min_project_cost="100"),
        [("cost-low", FIRST_PROJECT + 1, 2, "cost", "99", ("100",))],
    ),
    "dearer than allowed": (
        projects("1;99", max_project_cost="98.5"),
        [("cost-high", FIRST_PROJECT + 1, 2, "cost", "99", ("98.5",))],
    ),
    "withdrawn": (
        projects("1;999999999", max_project_cost="98"),
        [("project-withdrawn", FIRST_PROJECT + 1, 2, "cost", "999999999", ())],
    ),
    "unknown category": (
        projects("1;5;a,d", header="project_id;cost;category", categories="a,b"),
        [("category-unknown", FIRST_PROJECT + 1, 3, "category", "d", ("a", "b"))],
    ),
    "project twice on a ballot": (ballot("7;1,02,1"), [("project-twice", FIRST_VOTE, 2, "vote", "1", ())]),
    "too short": (ballot("7;1", min_length="2"), [("ballot-short", FIRST_VOTE + 1, 2, "vote", "1", ("2",))]),
    "too long": (ballot("7;1,02", max_length="1"), [("ballot-long", FIRST_VOTE + 1, 2, "vote", "2", ("1",))]),
    "two chosen of one": (
        ballot("7;1,02", vote_type="choose-1"),
        [("ballot-long", FIRST_VOTE, 2, "vote", "2", ("1",))],
    ),
    "none chosen of one": (
        ballot("7;", vote_type="choose-1"),
        [("ballot-short", FIRST_VOTE, 2, "vote", "0", ("1",))],
    ),
    "too cheap": (
        ballot("7;A.3/x", min_sum_cost="400.5"),
        [("ballot-cheap", FIRST_VOTE + 1, 2, "vote", "400", ("400.5",))],
    ),
    "too dear": (
        ballot("7;1,A.3/x", max_sum_cost="999.99"),
        [("ballot-dear", FIRST_VOTE + 1, 2, "vote", "1000", ("999.99",))],
    ),
    "at the limits": (ballot("7;1,A.3/x", max_sum_cost="1000", min_length="2", max_length="2"), []),
    "limits for other categories": (
        by_category("7;1,02", max_length_per_category="1,1"),
        [("list-length", AFTER_META, 2, "max_length_per_category", "2", ("3",))],
    ),
    "control character": (
        projects("1;600;a\x07", header="project_id;cost;name"),
        [("control-character", FIRST_PROJECT, 8, "", "U+0007", ())],
    ),
    "too few of a category": (
        by_category("7;1", min_length_per_category="0,1,0"),
        [("ballot-short", FIRST_VOTE + 2, 2, "vote", "b: 0", ("1",))],
    ),
    "too many of a category": (
        by_category("7;1,02,A.3/x", max_length_per_category="1"),
        [("ballot-long", FIRST_VOTE + 2, 2, "vote", "a: 2", ("1",))],
    ),
    "a category too dear": (
        by_category("7;1,02", max_sum_cost_per_category="1399,800,0"),
        [("ballot-dear", FIRST_VOTE + 2, 2, "vote", "a: 1400", ("1399",))],
    ),
    "points too low": (
        points("7;1,02;3,0.5", min_points="1"),
        [("points-low", FIRST_VOTE + 2, 3, "points", "0.5", ("1",))],
    ),
    "points too high": (
        points("7;1,02;3,1", max_points="2"),
        [("points-high", FIRST_VOTE + 2, 3, "points", "3", ("2",))],
    ),
    "too few points": (
        points("7;1;3", min_sum_points="4"),
        [("points-sum-low", FIRST_VOTE + 2, 3, "points", "3", ("4",))],
    ),
    "too many points": (
        points("7;1,02;8,2.5"),
        [("points-sum-high", FIRST_VOTE + 1, 3, "points", "10.5", ("10",))],
    ),
    "points where none are counted": (
        pb(votes=(POINTS, "7;1,02;5,5", "8;1;")),
        [("points-unused", FIRST_VOTE - 1, 3, "points", "approval", ())],
    ),
    "other ranks": (
        pb({"vote_type": "ordinal", "num_votes": "1"}, votes=(POINTS, "7;1,02;3,2")),
        [("ranks-differ", FIRST_VOTE, 3, "points", "3,2", ("2,1",))],
    ),
    "a score for all others": (
        points("7;1;3", "scoring", default_score="1"),
        [("default-score-unused", AFTER_META + 1, 2, "default_score", "1", ("0",))],
    ),
    "other scoring": (
        pb({"vote_type": "ordinal", "scoring_fn": "Dowdall"}),
        [("scoring-unused", AFTER_META, 2, "scoring_fn", "Dowdall", ("Borda",))],
    ),
    "Borda": (pb({"vote_type": "ordinal", "scoring_fn": "Borda"}), []),
}


@pytest.mark.parametrize("name", ODD)
def test_a_warning_names_its_place_and_what_was_expected(name):
    text, expected = ODD[name]
    file = pabulib.read(text.encode())
    found = [(w.code, w.line, w.column, w.field, w.value, w.expected) for w in file.warnings]
    if name == "empty line":
        assert [warning[0] for warning in found] == ["empty-line", "empty-line"]
        assert [warning[1] for warning in found] == [FIRST_VOTE - 2, FIRST_VOTE - 1]
    else:
        assert found == expected
    assert sum(file.warning_counts.values()) == len(found)


def test_a_project_named_twice_counts_once_with_its_first_points():
    file = pabulib.read(points("7;1,02,1;3,2,5").encode())
    assert file.election.ballots == (Ballot(("1", "02"), (3, 2)),)
    assert file.votes.rows == (("7", "1,02,1", "3,2,5"),)


def test_a_warning_is_given_for_each_ballot_alike():
    rows = tuple(f"{number};1,02" for number in range(5))
    file = pabulib.read(pb({"max_length": "1"}, votes=("voter_id;vote", *rows)).encode())
    assert [warning.line for warning in file.warnings if warning.code == "ballot-long"] == [
        FIRST_VOTE + 1 + number for number in range(5)
    ]


def test_recounts_differ_where_a_ballot_changes_hands():
    header, *rows = PROJECTS
    right = pb(projects=(f"{header};votes", *(f"{row};1" for row in rows)))
    assert pabulib.read(right.encode()).warnings == ()
    wrong = right.replace("7;1,02", "7;1,A.3/x")
    found = [(w.code, w.value, w.expected) for w in pabulib.read(wrong.encode()).warnings]
    assert found == [("votes-differ", "1", ("0",)), ("votes-differ", "1", ("2",))]
