"""Whatever the bytes: they are read, or refused with our error; and what is read is written back.

FUZZ_EXAMPLES raises the number of tries; what it found stays in `seeds/` or as an example here.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from budgeting.counting import pabulib
from budgeting.counting.commands.sentences import place, sentence
from budgeting.counting.pabulib import Limits, PabulibError
from tests.budgeting.counting.pb_files import PROJECTS, VOTES, pb, with_points

SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.pb"))
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "300"))
fuzzing = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

KEYS = [*pabulib.names.META_KEYS, "key", "Mayor", "META", "votes"]
COLUMNS = [*pabulib.names.PROJECT_COLUMNS, *pabulib.names.VOTE_COLUMNS, "target", "Colour", ""]
# Pieces that mean something to a reader of the format, or to its parts.
TOKENS = st.sampled_from(
    [
        *("META", "PROJECTS", "VOTES", "\nMETA\n", "\nPROJECTS\n", "\nVOTES\n", "key;value", *KEYS, *COLUMNS),
        *(
            "approval",
            "choose-1",
            "ordinal",
            "cumulative",
            "scoring",
            "Borda",
            "1",
            "02",
            "A.3/x",
            "1,02",
            "0",
        ),
        *(
            ";",
            ";;",
            ",",
            ",,",
            '"',
            '""',
            '";"',
            "\n",
            "\r",
            "\r\n",
            " ",
            "\t",
            "\x00",
            "\x0b",
            "\x1c",
            "\x85",
        ),
        *(
            "\ufeff",
            "\u2028",
            "\u00a0",
            "\u0661",
            "²",
            "½",
            "−1",
            "-1",
            "+1",
            "1.",
            ".5",
            "1,5",
            "1.50",
            "1e9",
        ),
        *(
            "1e999999",
            "9" * 41,
            "0" * 50,
            "NaN",
            "inf",
            "-0",
            "-0.0",
            "0x10",
            "1_000",
            "999999999",
            "True",
            "None",
        ),
        *("é", "\U0001f600", "x" * 200, "," * 50, ";" * 120),
    ]
)
TEXTS = st.one_of(TOKENS, st.text(max_size=8), st.integers().map(str), st.decimals().map(str))
WHOLE = [
    pb(),
    pb(
        {"vote_type": "ordinal", "max_length": "2"},
        votes=("voter_id;vote;points;age", "7;1,02;2,1;5", "8;;;"),
    ),
    with_points(votes=("voter_id;vote;points", "7;1,02;3,1.5", "8;;"), min_points="1", max_points="2"),
    with_points("scoring", default_score="1", max_sum_points="2"),
    pb(
        {
            "budget": "1000,50",
            "categories": "a, b",
            "max_sum_cost_per_category": "500.25,700",
            "min_length_per_category": "1",
            "max_sum_cost": "1200",
            "comment": '"#1: a; ""b""\nc"',
        },
        projects=(
            "project_id;cost;votes;score;category;target;selected;neighborhood;name",
            '1;600.25;1;1;a,b;young;1;N;"x;""y"""',
            "02;800;1;1;b;;0;;",
            "A.3/x;999999999;1;1;;;2;S;",
        ),
    ),
]


# Small, so that they are met too.
LIMITS = Limits(listed=20, problems=200, digits=30, columns=40, field_length=1_000)


def refused_or_right(data):
    """The promise; gives the codes of what was found."""
    try:
        file = pabulib.read(data, LIMITS)
    except PabulibError as error:
        found = (*error.problems, *error.warnings)
        first = error.code
    else:
        found = file.warnings
        first = None
        check_election(file)
        again = pabulib.read(pabulib.write(file))
        assert again == file
        assert pabulib.write(again) == pabulib.write(file)
    for problem in found:
        assert sentence(problem)
        place(problem)
    return [problem.code for problem in found if first is None or problem.code == first]


def check_election(file):
    assert {*file.selected, *file.stated_votes, *file.stated_scores} <= file.election.project_by_id.keys()
    assert all(project.cost >= 0 for project in file.election.projects)
    for ballot in file.election.ballots:
        assert (
            len(set(ballot.projects)) == len(ballot.values(file.election.vote_type)) == len(ballot.projects)
        )
        assert file.election.project_by_id.keys() >= set(ballot.projects)


@given(st.binary(max_size=200))
@fuzzing
def test_any_bytes(data):
    refused_or_right(data)


@given(st.lists(TEXTS, max_size=80))
@fuzzing
def test_any_row_of_words(words):
    refused_or_right("".join(words).encode())


@st.composite
def sections(draw):
    """Three sections with headers, the cells anything."""

    def rows(names, count):
        columns = draw(st.lists(st.sampled_from(names), min_size=1, max_size=6, unique=True))
        widths = st.lists(TEXTS, min_size=len(columns) - 1, max_size=len(columns) + 1)
        return [columns, *draw(st.lists(widths, max_size=count))]

    meta = [
        ["key", "value"],
        ["budget", draw(TEXTS)],
        ["vote_type", draw(st.sampled_from(pabulib.names.VOTE_TYPES))],
    ]
    meta += draw(st.lists(st.tuples(st.sampled_from(KEYS), TEXTS), max_size=6))
    projects = rows(("project_id", "cost", *pabulib.names.PROJECT_COLUMNS, "target"), 4)
    projects[0][:0] = [name for name in ("project_id", "cost") if name not in projects[0]]
    votes = rows(("voter_id", "vote", *pabulib.names.VOTE_COLUMNS), 4)
    votes[0][:0] = [name for name in ("voter_id", "vote", "points") if name not in votes[0]]
    lines = [
        "META",
        *map(";".join, meta),
        "PROJECTS",
        *map(";".join, projects),
        "VOTES",
        *map(";".join, votes),
    ]
    return "\n".join(lines)


@given(sections())
@fuzzing
def test_any_cells_in_three_sections(text):
    refused_or_right(text.encode())


@st.composite
def spoilt(draw):
    """A right file after some accidents: pieces taken out, put in, put elsewhere, or twice."""
    text = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 6))):
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, min(len(text), begin + 40)))
        piece = draw(st.one_of(TEXTS, st.just(""), st.just(text[begin:end] * 2)))
        at = draw(st.integers(0, len(text))) if draw(st.booleans()) else begin
        moved = text[:at] + text[begin:end] + text[at:]
        text = text[:begin] + piece + text[end:] if at == begin else moved
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at:]
    return data


@given(spoilt())
@example(pb(projects=("project_id;cost;votes", *(f"{row};1,0" for row in PROJECTS[1:]))).encode())
@example(pb(votes=(*VOTES, "votes;")).encode())
@fuzzing
def test_any_file_after_accidents(data):
    refused_or_right(data)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_what_was_found_once(path):
    refused_or_right(path.read_bytes())
