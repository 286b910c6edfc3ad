"""Small `.pb` files to order, and the real ones where REAL_DATA names their folder."""

import os
from pathlib import Path

from tests.budgeting.counting.made_up import big_file

META = {
    "description": "A vote",
    "country": "Finland",
    "unit": "Kerava",
    "instance": "2026",
    "num_projects": "3",
    "num_votes": "2",
    "budget": "1000",
    "vote_type": "approval",
    "rule": "greedy",
    "date_begin": "01.09.2026",
    "date_end": "30.09.2026",
}
PROJECTS = ("project_id;cost", "1;600", "02;800", "A.3/x;400")
VOTES = ("voter_id;vote", "7;1,02", "008;A.3/x")


def pb(meta=None, projects=PROJECTS, votes=VOTES, without=()):
    """A file in text. `meta` is added to a META with which nothing is wrong, `without` taken from it."""
    keys = META | (meta or {})
    lines = [f"{key};{value}" for key, value in keys.items() if key not in without]
    return "\n".join(["META", "key;value", *lines, "PROJECTS", *projects, "VOTES", *votes, ""])


def with_points(vote_type="cumulative", votes=("voter_id;vote;points", "7;1,02;3,1", "008;;"), **meta):
    return pb({"vote_type": vote_type, "max_sum_points": "10"} | meta, votes=votes)


# Line numbers of a file made by `pb` without more or less.
FIRST_PROJECT = 2 + len(META) + 3
FIRST_VOTE = FIRST_PROJECT + len(PROJECTS) - 1 + 2


def real_files():
    """The files by name; a made-up one where there are none, so that the tests run everywhere."""
    folder = os.environ.get("REAL_DATA")
    if not folder:
        return {"made-up": lambda: big_file(voters=2_000)}
    found = sorted(Path(folder, "pabulib").glob("*.pb"))
    assert found, f"{folder}/pabulib holds no .pb files"
    return {path.stem: path.read_bytes for path in found}
