"""`python -m budgeting.counting check FILE`."""

import subprocess
import sys
from pathlib import Path

import pytest

from budgeting.counting.__main__ import main
from budgeting.counting.commands.sentences import SENTENCES
from budgeting.counting.pabulib import ErrorCode, WarningCode
from tests.budgeting.counting.pb_files import FIRST_PROJECT, FIRST_VOTE, PROJECTS, pb

AGAIN = "the ballot names 1 again: it counts once, where it stands first"
NO_NUMBER = "12 € is no number: write digits and a point before decimals, nothing else"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def check(tmp_path, capsys):
    def run(text):
        path = tmp_path / "vote.pb"
        path.write_bytes(text.encode())
        status = main(["check", str(path)])
        printed = capsys.readouterr()
        assert printed.err == ""
        return status, printed.out.splitlines()

    return run


def test_a_right_file(check):
    assert check(pb()) == (0, ["3 projects, 2 votes (approval)", "errors: 0", "warnings: 0"])


def test_warnings_are_counted_and_listed_and_the_file_is_right(check):
    status, lines = check(pb({"num_votes": "9"}, votes=("voter_id;vote", "7;1,02,1", "8;1,1")))
    assert status == 0
    assert lines[1:] == [
        "errors: 0",
        "warnings: 3",
        "  1 × count-differs",
        "  2 × project-twice",
        "line 8, column 2, num_votes: 9 is stated, 2 are in the file",
        f"line {FIRST_VOTE}, column 2, vote: {AGAIN}",
        f"line {FIRST_VOTE + 1}, column 2, vote: {AGAIN}",
    ]


def test_errors_are_counted_and_listed_before_the_warnings(check):
    status, lines = check(pb(projects=(*PROJECTS, "x;12 €"), votes=("voter_id;vote", "7;1,x,1", "8;2")))
    assert status == 1
    assert lines == [
        "errors: 2",
        "  1 × not-a-number",
        "  1 × unknown-project",
        f"line {FIRST_PROJECT + 3}, column 2, cost: {NO_NUMBER}",
        f"line {FIRST_VOTE + 2}, column 2, vote: the vote is for 2, which is no project_id of PROJECTS",
        "warnings: 1",
        "  1 × project-twice",
        f"line {FIRST_VOTE + 1}, column 2, vote: {AGAIN}",
    ]


def test_a_list_too_long_to_read_says_how_much_is_left(check):
    status, lines = check(pb(votes=("voter_id;vote", *(f"{number};x" for number in range(10_005)))))
    assert status == 1
    assert "  10005 × unknown-project" in lines
    assert "… and 5 more" in lines


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "budgeting.counting", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_tells_a_bad_file_from_bad_arguments(tmp_path):
    missing = run("check", str(tmp_path / "none.pb"))
    assert (missing.returncode, "unreadable" in missing.stdout) == (1, True)
    for arguments in ((), ("check",), ("check", "a", "b"), ("recount", "a")):
        wrong = run(*arguments)
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert "python -m budgeting.counting" in wrong.stderr


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    path = tmp_path / "vote.pb"
    path.write_text(pb(votes=("voter_id;vote", *(f"{number};1,1" for number in range(5_000)))), "utf-8")
    command = f"{sys.executable} -m budgeting.counting check {path} | head -n 1"
    result = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout == "3 projects, 5000 votes (approval)\n"
    assert result.stderr == ""


def test_what_a_file_holds_does_not_reach_the_terminal_as_commands(check):
    status, lines = check(pb(projects=("project_id;cost", '1;"\x1b[2J\nx"', *PROJECTS[2:])))
    assert status == 1
    assert f"line {FIRST_PROJECT}, column 2, cost: �[2J�x is no number" in lines[2]


def test_every_code_has_its_sentence():
    assert set(SENTENCES) == {*ErrorCode, *WarningCode}
    for sentence in SENTENCES.values():
        assert sentence.format(value="12", expected="13")
