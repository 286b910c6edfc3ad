"""What is wrong with a file: where it is and what would be right."""

import pytest

from budgeting.counting import pabulib
from budgeting.counting.pabulib import ErrorCode, Limits, PabulibError, WarningCode
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


def projects(*rows, header="project_id;cost"):
    return pb(projects=(header, *rows, *PROJECTS[1:]))


def votes(*rows, header="voter_id;vote"):
    return pb(votes=(header, *rows, *VOTES[1:]))


# name: (text, code, line, column, field, value, expected)
WRONG = {
    "nothing": ("", "missing-section", None, None, "", "", ("META",)),
    "no section": ("key;value\n", "text-before-sections", 1, 1, "", "key", ("META",)),
    "no META": (pb().split("PROJECTS")[1], "text-before-sections", 2, 1, "", "project_id", ("META",)),
    "PROJECTS first": ("PROJECTS\n" + pb(), "missing-section", 1, 1, "", "PROJECTS", ("META",)),
    "no PROJECTS": (
        pb().split("PROJECTS")[0],
        "missing-section",
        AFTER_META - 1,
        None,
        "",
        "",
        ("PROJECTS",),
    ),
    "VOTES for PROJECTS": (
        pb().split("PROJECTS")[0] + "VOTES\nvoter_id;vote\n",
        "missing-section",
        AFTER_META,
        1,
        "",
        "VOTES",
        ("PROJECTS",),
    ),
    "no VOTES": (pb().split("VOTES")[0], "missing-section", FIRST_VOTE - 3, None, "", "", ("VOTES",)),
    "VOTES twice": (pb() + "VOTES\n", "repeated-section", FIRST_VOTE + 2, 1, "", "VOTES", ()),
    "no header": ("META\n", "missing-header", 1, None, "META", "", ()),
    "no votes header": (
        pb().split("VOTES")[0] + "VOTES\n",
        "missing-header",
        FIRST_VOTE - 2,
        None,
        "VOTES",
        "",
        (),
    ),
    "META header": ("META\nbudget;100\n", "missing-column", 2, None, "key", "", ("key",)),
    "META columns": (
        pb().replace("key;value", "value;key"),
        "column-order",
        2,
        1,
        "",
        "",
        ("key", "value"),
    ),
    "no cost": (
        projects(header="project_id;name"),
        "missing-column",
        FIRST_PROJECT - 1,
        None,
        "cost",
        "",
        ("cost",),
    ),
    "no vote": (votes(header="voter_id;age"), "missing-column", FIRST_VOTE - 1, None, "vote", "", ("vote",)),
    "no points": (
        with_points(votes=VOTES),
        "missing-column",
        FIRST_VOTE,
        None,
        "points",
        "",
        ("points",),
    ),
    "column twice": (
        projects(header="project_id;cost;Cost"),
        "repeated-column",
        FIRST_PROJECT - 1,
        3,
        "cost",
        "cost",
        (),
    ),
    "column without name": (
        projects(header="project_id;;cost"),
        "unnamed-column",
        FIRST_PROJECT - 1,
        2,
        "",
        "",
        (),
    ),
    "no budget": (pb(without=("budget",)), "missing-key", 2, 1, "budget", "", ("budget",)),
    "empty budget": (pb({"budget": ""}), "missing-key", KEYS["budget"], 1, "budget", "", ("budget",)),
    "key twice": (
        pb().replace("unit;", "country;x\nunit;"),
        "repeated-key",
        KEYS["unit"],
        1,
        "country",
        "country",
        (),
    ),
    "no key": (pb().replace("unit;", ";x\nunit;"), "unnamed-key", KEYS["unit"], 1, "key", "x", ()),
    "vote type": (
        pb({"vote_type": "approvals"}),
        "unknown-value",
        KEYS["vote_type"],
        2,
        "vote_type",
        "approvals",
        ("approval", "choose-1", "ordinal", "cumulative", "scoring"),
    ),
    "budget is no number": (
        pb({"budget": "1 000"}),
        "not-a-number",
        KEYS["budget"],
        2,
        "budget",
        "1 000",
        (),
    ),
    "budget with thousands": (
        pb({"budget": "1,000,000"}),
        "not-a-number",
        KEYS["budget"],
        2,
        "budget",
        "1,000,000",
        (),
    ),
    "exponent": (pb({"budget": "1e999999"}), "not-a-number", KEYS["budget"], 2, "budget", "1e999999", ()),
    "not finite": (pb({"budget": "NaN"}), "not-a-number", KEYS["budget"], 2, "budget", "NaN", ()),
    "digits of another script": (pb({"budget": "١٢"}), "not-a-number", KEYS["budget"], 2, "budget", "١٢", ()),
    "budget below zero": (pb({"budget": "-1"}), "negative", KEYS["budget"], 2, "budget", "-1", ()),
    "digits": (
        pb({"budget": "9" * 41}),
        "too-many-digits",
        KEYS["budget"],
        2,
        "budget",
        "9" * 41,
        ("40",),
    ),
    "half a vote": (pb({"max_length": "2.5"}), "not-whole", AFTER_META, 2, "max_length", "2.5", ()),
    "project twice": (projects("1;5"), "repeated-id", FIRST_PROJECT + 1, 1, "project_id", "1", ()),
    "project without id": (projects(";5"), "missing-id", FIRST_PROJECT, 1, "project_id", "", ()),
    "comma in an id": (projects("a,b;5"), "comma-in-id", FIRST_PROJECT, 1, "project_id", "a,b", ()),
    "id is a section": (projects("Votes;5"), "reserved-word", FIRST_PROJECT, 1, "", "Votes", ()),
    "column is a section": (
        projects(header="Votes;project_id;cost"),
        "reserved-word",
        FIRST_PROJECT - 1,
        1,
        "",
        "Votes",
        (),
    ),
    "no cost given": (projects("x;"), "missing-value", FIRST_PROJECT, 2, "cost", "", ()),
    "cost is no number": (projects("x;5€"), "not-a-number", FIRST_PROJECT, 2, "cost", "5€", ()),
    "cost below zero": (projects("x;-0.01"), "negative", FIRST_PROJECT, 2, "cost", "-0.01", ()),
    "stated votes": (
        projects("x;5;many", header="project_id;cost;votes"),
        "not-a-number",
        FIRST_PROJECT,
        3,
        "votes",
        "many",
        (),
    ),
    "selected": (
        projects("x;5;4", header="project_id;cost;selected"),
        "unknown-value",
        FIRST_PROJECT,
        3,
        "selected",
        "4",
        ("0", "1", "2", "3"),
    ),
    "voter twice": (votes("7;1"), "repeated-id", FIRST_VOTE + 1, 1, "voter_id", "7", ()),
    "voter without id": (votes(";1"), "missing-id", FIRST_VOTE, 1, "voter_id", "", ()),
    "unknown project": (votes("9;1,2"), "unknown-project", FIRST_VOTE, 2, "vote", "2", ()),
    "leading zero lost": (votes("9;01"), "unknown-project", FIRST_VOTE, 2, "vote", "01", ()),
    "more points than projects": (
        with_points(votes=("voter_id;vote;points", "7;1,02;3,1,1")),
        "points-length",
        FIRST_VOTE + 1,
        3,
        "points",
        "3",
        ("2",),
    ),
    "no points given": (
        with_points(votes=("voter_id;vote;points", "7;1;")),
        "points-length",
        FIRST_VOTE + 1,
        3,
        "points",
        "0",
        ("1",),
    ),
    "points of an ordinal ballot": (
        pb({"vote_type": "ordinal"}, votes=("voter_id;vote;points", "7;1,02;2")),
        "points-length",
        FIRST_VOTE,
        3,
        "points",
        "1",
        ("2",),
    ),
    "points are no number": (
        with_points(votes=("voter_id;vote;points", "7;1,02;3,x")),
        "not-a-number",
        FIRST_VOTE + 1,
        3,
        "points",
        "x",
        (),
    ),
    "quote never closed": (
        projects('x;5;"Park', header="project_id;cost;name"),
        "quote-not-closed",
        FIRST_PROJECT,
        None,
        "",
        "",
        (),
    ),
    "text after a quote": (
        projects('x;5;"Park" now', header="project_id;cost;name"),
        "text-after-quote",
        FIRST_PROJECT,
        None,
        "",
        "",
        (),
    ),
    "NUL": (projects("x\0;5"), "nul-character", FIRST_PROJECT, 2, "", "U+0000", ()),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_error_names_its_place_and_what_would_be_right(name):
    text, *expected = WRONG[name]
    with pytest.raises(PabulibError) as raised:
        pabulib.read(text.encode(), name="vote.pb")
    error = raised.value
    assert [error.code, error.line, error.column, error.field, error.value, error.expected] == expected
    assert error.source == "vote.pb"
    assert str(error).startswith("vote.pb:" + (f"{error.line}:" if error.line else " "))


def test_bytes_that_are_no_utf8_are_placed():
    data = projects("Ä;5").encode().replace("Ä".encode(), b"a\xc4")
    with pytest.raises(PabulibError) as raised:
        pabulib.read(data)
    error = raised.value
    assert (error.code, error.line, error.column, error.value) == (ErrorCode.NOT_UTF8, FIRST_PROJECT, 2, "c4")
    with pytest.raises(PabulibError, match="not-utf8"):
        pabulib.read(pb().encode("utf-16"))


def test_every_error_is_listed_and_counted_with_the_warnings():
    text = pb(projects=(*PROJECTS, "x;y", "x;1"), votes=("voter_id;vote", "7;9", "7;1,1", ";q"))
    with pytest.raises(PabulibError) as raised:
        pabulib.read(text.encode())
    error = raised.value
    codes = [problem.code for problem in error.problems]
    assert codes == [
        "not-a-number",
        "repeated-id",
        "unknown-project",
        "repeated-id",
        "missing-id",
        "unknown-project",
    ]
    assert error.counts[ErrorCode.REPEATED_ID] == error.counts[ErrorCode.UNKNOWN_PROJECT] == 2
    assert [warning.code for warning in error.warnings] == [WarningCode.PROJECT_TWICE]


def test_the_list_of_problems_ends_and_the_count_goes_on():
    text = pb(votes=("voter_id;vote", *(f"{number};x" for number in range(50))))
    with pytest.raises(PabulibError) as raised:
        pabulib.read(text.encode(), Limits(listed=3))
    assert len(raised.value.problems) == 3
    assert raised.value.counts[ErrorCode.UNKNOWN_PROJECT] == 50


@pytest.mark.parametrize("path", ["missing.pb", "", ".", "nul\0.pb"])
def test_what_cannot_be_opened_is_the_same_kind_of_error(tmp_path, path):
    with pytest.raises(PabulibError) as raised:
        pabulib.read(f"{tmp_path}/{path}")
    assert raised.value.code is ErrorCode.UNREADABLE
