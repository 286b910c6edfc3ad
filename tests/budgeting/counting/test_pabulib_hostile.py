"""Files made to hurt: refused with our error, soon, and in bounded memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from budgeting.counting import pabulib
from budgeting.counting.pabulib import DEFAULT_LIMITS, Limits, PabulibError
from tests.budgeting.counting.pb_files import VOTES, pb, with_points

ROOT = Path(__file__).resolve().parents[3]
MEGABYTE = 1024 * 1024

# Run in a process of its own, which may take a gigabyte and no more. Each file is as large as allowed.
CHILD = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from budgeting.counting import pabulib
from tests.budgeting.counting.pb_files import pb
size = pabulib.DEFAULT_LIMITS.bytes
head = pb().encode()
columns = b"voter_id;vote;" + b";".join(b"c%d" % n for n in range(98)) + b"\\n"
head_wide = pb(votes=()).encode() + columns
limit = pb({"max_length": "X"}).encode().split(b"X")
FILES = {
    "gigantic line": lambda: head + b"x" * (size - len(head)),
    "million columns": lambda: head + b"1" + b";" * 1_000_000,
    "row of columns": lambda: head + b"1" + b";" * 100_000,
    "quote never closed": lambda: (head + b'"' + b"x\\n" * size)[:size],
    "quotes alone": lambda: head + b'"' * (size - len(head)),
    "empty lines": lambda: head + b"\\n" * (size - len(head) - 1) + b"x",
    "long number": lambda: b"9".join([limit[0], b"9" * 90_000 + limit[1]]),
    "whole file of digits": lambda: limit[0] + b"9" * (size - len(head) - 20) + limit[1],
    "exponent": lambda: limit[0] + b"1e999999" + limit[1],
    "NULs": lambda: head + b"\\0" * (size - len(head)),
    "no UTF-8": lambda: head + b"\\xff" * (size - len(head)),
    "many voters": lambda: head + b"".join(b"%d;1\\n" % n for n in range(100, 500_200)),
    "many cells": lambda: (head_wide + b"".join(
        b"%d;1;" % n + b";".join(b"%x%d" % (n, c) for c in range(98)) + b"\\n"
        for n in range(30_100)))[:size],
    "one ballot without end": lambda: head + b"".join(
        b"%d;" % n + b"1," * 40_000 + b"1\\n" for n in range(100, 500))[:size - len(head)],
    "too large": lambda: head + b"x" * size,
}
name = sys.argv[1]
data = FILES[name]()
begun = time.process_time()
try:
    pabulib.read(data)
    code = ""
except pabulib.PabulibError as error:
    code = list(error.counts)[-1]
print(json.dumps({"code": code, "seconds": time.process_time() - begun}))
"""
CODES = {
    "gigantic line": "row-too-long",
    "million columns": "row-too-long",
    "row of columns": "too-many-columns",
    "quote never closed": "quote-not-closed",
    "quotes alone": "row-too-long",
    "empty lines": "too-many-lines",
    "long number": "too-many-digits",
    "whole file of digits": "row-too-long",
    "exponent": "not-a-number",
    "NULs": "nul-character",
    "no UTF-8": "not-utf8",
    "many voters": "too-many-rows",
    "many cells": "too-many-rows",
    "one ballot without end": "too-many-problems",
    "too large": "too-large",
}


@pytest.mark.parametrize("name", CODES)
def test_a_hostile_file_is_refused_soon_and_in_bounded_memory(name):
    command = [sys.executable, "-c", CHILD, name]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["code"] == CODES[name]
    # Processor time; most take a tenth of it. The machine may be shared.
    assert told["seconds"] < 30


def test_of_a_file_without_end_no_more_is_read_than_allowed(tmp_path):
    sparse = tmp_path / "sparse.pb"
    with sparse.open("wb") as file:
        file.truncate(1_000_000_000)
    for path in (sparse, "/dev/zero"):
        with pytest.raises(PabulibError, match=f"too-large.*{DEFAULT_LIMITS.bytes}"):
            pabulib.read(path)


MANY_PROJECTS = [f"p{number};1" for number in range(20)]
CATEGORIES = ",".join(f"c{number}" for number in range(5))
# What the limit is made, and a file just beyond it.
BEYOND = {
    "bytes": (100, pb(), "too-large"),
    "lines": (15, pb(), "too-many-lines"),
    "row_length": (50, pb({"Mayor": "x" * 50}), "row-too-long"),
    "field_length": (30, pb({"Mayor": "x" * 31}), "field-too-long"),
    "columns": (4, pb(votes=("voter_id;vote;a;b;c", "1;1;;;")), "too-many-columns"),
    "meta_rows": (10, pb(), "too-many-rows"),
    "projects": (
        10,
        pb(projects=("project_id;cost", *MANY_PROJECTS), votes=("voter_id;vote", "1;p1")),
        "too-many-rows",
    ),
    "votes": (1, pb(), "too-many-rows"),
    "cells": (3, pb(), "too-many-rows"),
    "choices": (2, pb(), "too-many-choices"),
    "items": (4, pb({"categories": CATEGORIES}), "too-many-items"),
    "categories": (4, pb({"categories": CATEGORIES, "max_length_per_category": "1"}), "too-many-items"),
    "digits": (3, pb(), "too-many-digits"),
    "problems": (2, pb(votes=("voter_id;vote", "7;1,1", "8;1,1")), "too-many-problems"),
}


@pytest.mark.parametrize("limit", BEYOND)
def test_each_limit_can_be_set_and_is_kept(limit):
    most, text, code = BEYOND[limit]
    with pytest.raises(PabulibError) as raised:
        pabulib.read(text.encode(), Limits(**{limit: most}))
    assert code in {problem.code for problem in raised.value.problems}
    assert pabulib.read(text.encode())


def test_a_ballot_full_of_mistakes_is_told_for_every_voter_who_cast_it():
    names = ",".join(f"x{number}" for number in range(30))
    text = pb(votes=(*VOTES, f"8;{names}", f"9;{names}"))
    with pytest.raises(PabulibError) as raised:
        pabulib.read(text.encode())
    assert sum(raised.value.counts.values()) == 60
    points = with_points(
        max_points="1", votes=("voter_id;vote;points", "1;1,02,A.3/x;2,2,2", "2;1,02,A.3/x;2,2,2")
    )
    assert pabulib.read(points.encode()).warning_counts["points-high"] == 6


def test_what_is_shown_of_a_value_is_short():
    with pytest.raises(PabulibError) as raised:
        pabulib.read(pb({"budget": "x" * 50_000}).encode())
    assert len(raised.value.value) == 81
