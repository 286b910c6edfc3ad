"""`count`, `compare` and `explain` from the command line."""

import hashlib
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from budgeting.counting.__main__ import main
from budgeting.counting.commands import reasons
from budgeting.counting.commands.progress import ProgressLine
from budgeting.counting.engine import ENGINE_VERSION
from budgeting.counting.results import PaymentCode, ReasonCode
from tests.budgeting.counting.pb_files import pb, with_points

# b and c have two votes each, a three; a and c have the same cost.
PROJECTS = ("project_id;cost;name;category", "a;500;Ala;x", "b;300,50;B\u009b;x,y", "c;500;C;", "d;10;D;")
VOTES = ("voter_id;vote", "1;a,b", "2;a,c", "3;a", "4;b", "5;c", "6;")
FILE = pb({"budget": "1000", "num_projects": "4", "num_votes": "6"}, PROJECTS, VOTES)
KEYS = ["winners", "total_cost", "rounds", "ties", "projects", "measures", "parameters"]


@pytest.fixture
def run(tmp_path, capsys):
    """run(command, options) of one file: status, what is printed, what goes to the error output."""

    def act(command, *options, text=FILE):
        path = tmp_path / "vote.pb"
        path.write_text(text, "utf-8")
        try:
            status = main([command, str(path), *options])
        except SystemExit as end:
            status = end.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return act


@pytest.fixture
def counted(run):
    def act(*options, text=FILE):
        status, out, _ = run("count", *options, "--json", text=text)
        assert status == 0
        return json.loads(out)

    return act


def test_json_has_these_keys_and_no_others(counted):
    result = counted("--rule", "greedy")
    assert list(result) == [*KEYS, "input_sha256", "engine_version"]
    assert result["input_sha256"] == hashlib.sha256(FILE.encode()).hexdigest()
    assert result["engine_version"] == ENGINE_VERSION


def test_winners_are_in_order_of_purchase_and_money_in_units_of_the_currency(counted):
    result = counted("--rule", "greedy")
    assert (result["winners"], result["total_cost"]) == (["a", "b", "d"], 810.5)
    whole = counted("--rule", "greedy", "--on-misfit", "stop", "--ties", "dearer")
    assert (whole["winners"], whole["total_cost"]) == (["a", "c"], 1000)
    assert isinstance(whole["total_cost"], int)


def test_a_tie_is_in_the_log_with_who_was_equal_and_what_decided(counted):
    result = counted("--rule", "greedy", "--ties", "supporters,cheaper")
    assert [(tie["round"], tie["projects"], tie["chosen"], tie["decided_by"]) for tie in result["ties"]] == [
        (2, ["b", "c"], "b", "cheaper")
    ]
    assert result["parameters"]["ties"] == ["supporters", "cheaper", "id"]


@pytest.mark.parametrize(
    ("options", "winners"),
    [
        (("--rule", "greedy-ratio"), ["b", "a", "d"]),
        (("--rule", "phragmen"), ["b", "a"]),
        (("--rule", "equal-shares"), ["a"]),
        (("--rule", "equal-shares", "--utility", "count"), ["b"]),
        (("--rule", "equal-shares", "--completion", "add"), ["a", "b"]),
        (("--rule", "equal-shares", "--completion", "add-greedy"), ["a", "b", "d"]),
        (("--rule", "equal-shares", "--compare-greedy"), ["a", "b", "d"]),
        (("--rule", "greedy", "--threshold", "2,5"), ["a"]),
    ],
)
def test_rules_and_their_options(counted, options, winners):
    assert counted(*options)["winners"] == winners


def test_the_threshold_of_the_file_counts_only_if_it_is_asked_for(counted):
    text = FILE.replace("budget;1000", "budget;1000\nmin_project_score_threshold;3")
    assert counted("--rule", "greedy", text=text)["winners"] == ["a", "b", "d"]
    asked = counted("--rule", "greedy", "--threshold", "file", text=text)
    assert (asked["winners"], asked["parameters"]["threshold"]["exact"]) == (["a"], "3")
    none = counted("--rule", "greedy", "--threshold", "file")
    assert (none["winners"], none["parameters"]["threshold"]) == (["a", "b", "d"], None)


def test_lots_are_read_from_a_file_the_first_wins(counted, tmp_path):
    lots = tmp_path / "lots.txt"
    lots.write_text("c\nb\n", "utf-8")
    result = counted("--rule", "greedy", "--ties", "lot", "--lots", str(lots))
    assert result["winners"] == ["a", "c"]
    assert [(tie["chosen"], tie["decided_by"]) for tie in result["ties"]] == [("c", "lot")]


def test_the_step_and_the_shares_are_in_units_of_the_currency(counted):
    result = counted("--rule", "equal-shares", "--completion", "add", "--start", "floor", "--step", "0.5")
    share = result["measures"]["share"]
    assert (share["start"]["exact"], share["step"]["exact"]) == ("166", "1/2")
    assert share["equal"] == {"exact": "500/3", "decimal": 166.666667}
    assert result["parameters"]["step"]["exact"] == "1/2"


def test_reasons_have_codes_and_numbers(counted):
    projects = {project["id"]: project for project in counted("--rule", "greedy")["projects"]}
    assert list(projects) == ["a", "b", "c", "d"]
    reason = projects["c"]["reason"]
    assert (reason["code"], reason["left"], reason["needed"]) == ("did-not-fit", 199.5, 500)
    changes = projects["c"]["least_changes"]
    assert (changes["cheaper_by"], changes["cheaper_basis"]) == (300.5, "exact")
    assert (changes["more_votes"], changes["more_votes_basis"]) == (1, "exact")
    shares = {project["id"]: project for project in counted("--rule", "equal-shares")["projects"]}
    assert shares["c"]["reason"]["code"] == "supporters-short"
    assert shares["c"]["support"]["spent_on"] == [
        {"project": "a", "amount": {"exact": "500/3", "decimal": 166.666667}}
    ]
    assert shares["d"]["reason"]["code"] == "no-supporters"
    assert shares["a"]["payers"] == [
        {"value": {"exact": "1", "decimal": 1.0}, "payment": "full", "voters": 3}
        | {"total": {"exact": "500", "decimal": 500.0}}
    ]


def test_measures_are_the_same_for_every_rule(run, counted):
    status, out, _ = run("compare", "--json")
    rules = json.loads(out)["rules"]
    assert status == 0
    assert len({tuple(rule["measures"]) for rule in rules.values()}) == 1
    for name in ("greedy", "greedy-ratio", "equal-shares", "phragmen"):
        alone = counted("--rule", name)
        assert rules[name] == {key: alone[key] for key in rules[name]}
    measures = rules["greedy"]["measures"]
    assert (measures["voters_without_winner"], measures["exclusion_ratio"]["exact"]) == (2, "1/3")
    assert measures["mean_supported_winners"]["exact"] == "5/6"
    assert [
        (share["name"], share["cost"], share["vote_share"]["exact"]) for share in measures["categories"]
    ] == [
        ("x", 800.5, "5/7"),
        ("y", 300.5, "2/7"),
    ]


def test_a_table_for_people(run):
    status, out, error = run("count", "--rule", "equal-shares", "--completion", "add-greedy")
    lines = out.splitlines()
    assert status == 0
    assert lines[0].startswith("rule equal-shares, utility cost, start exact, completion add-greedy, step 1,")
    assert lines[3].split() == ["1", "a", "500", "3", "3", "166.67", "Ala"]
    assert lines[-12].split(maxsplit=3) == ["c", "500", "2", "did not fit: 199.5 was left, it costs 500"]
    assert error == "warnings: 1 (the command check lists them)\n"


def test_what_a_file_holds_does_not_reach_the_terminal_as_commands(run):
    for command in (("count", "--rule", "greedy"), ("explain", "b")):
        _, out, _ = run(*command)
        assert "\u009b" not in out


def test_one_project_explained(run):
    status, out, _ = run("explain", "c", "--rule", "equal-shares")
    assert (status, out.splitlines()) == (
        0,
        [
            "c C",
            "cost 500, score 2, supporters 2",
            "its supporters had 166.67 of the 500 needed; their money went to a",
            "its supporters were given 333.33; 166.67 is left",
            "  166.67 went to a",
            "333.4 cheaper, it would have been funded",
            "how many votes it lacks cannot be said: more voters change everybody's share",
        ],
    )
    status, out, _ = run("explain", "c", "--json")
    assert (status, json.loads(out)["reason"]["code"]) == (0, "did-not-fit")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("count",), "the following arguments are required: --rule"),
        (("count", "--rule", "best"), "argument --rule: invalid choice: 'best'"),
        (("count", "--rule", "greedy", "--ties", "name"), "--ties has 'name'; it must be a list of cheaper"),
        (("count", "--rule", "greedy", "--ties", "id,lot"), "--ties has criteria after id"),
        (("count", "--rule", "greedy", "--ties", "lot"), "ties go by lot, but no lots were given"),
        (
            ("count", "--rule", "greedy", "--ties", "cheaper,cheaper"),
            "a tie criterion stands twice",
        ),
        (("count", "--rule", "greedy", "--lots", "/nowhere"), "--lots /nowhere cannot be read"),
        (("count", "--rule", "greedy", "--threshold", "many"), "--threshold is 'many'; it must be a decimal"),
        (("count", "--rule", "equal-shares", "--step", "0"), "the step is 0; it must be more than 0"),
        (("count", "--rule", "equal-shares", "--step", "-1"), "--step"),
        (("explain", "e"), "the file has no project e"),
    ],
)
def test_wrong_arguments_are_told_in_one_sentence(run, options, sentence):
    status, out, error = run(*options)
    assert (status, out) == (2, "")
    (line,) = [line for line in error.splitlines() if not line.startswith("warnings")]
    assert sentence in line


def test_lots_of_unknown_projects_are_wrong(run, tmp_path):
    lots = tmp_path / "lots.txt"
    lots.write_text("c\nx\n", "utf-8")
    status, _, error = run("count", "--rule", "greedy", "--ties", "lot", "--lots", str(lots))
    assert status == 2
    assert "the file has no project x" in error


def test_a_wrong_file_is_another_matter(run):
    for command in (("count", "--rule", "greedy"), ("compare",), ("explain", "a")):
        status, out, error = run(*command, text=FILE.replace("a;500", "a;much"))
        assert (status, out) == (1, "")
        assert "much is no number" in error


def test_points_are_shown_by_value(counted):
    result = counted("--rule", "equal-shares", "--completion", "add", text=with_points(votes=POINTS))
    winner = next(project for project in result["projects"] if project["id"] == result["winners"][0])
    assert sorted(payers["value"]["exact"] for payers in winner["payers"]) == ["1", "3"]
    assert sum(Fraction(payers["total"]["exact"]) for payers in winner["payers"]) == winner["cost"]


POINTS = ("voter_id;vote;points", "7;1,02;3,1", "008;1;1")


def test_a_long_walk_tells_how_far_it_is():
    to = io.StringIO()
    with ProgressLine(Decimal(1000), to) as progress:
        progress(Fraction(100), Decimal(500))
        assert to.getvalue() == ""
        progress.told -= 2
        progress(Fraction(201, 2), Decimal("500.5"))
    assert to.getvalue().startswith("\rshare 100.50: the outcome costs 500.5 of 1000")
    assert to.getvalue().endswith(" \r")


def test_every_code_has_its_sentence():
    assert set(reasons.SENTENCES) == set(ReasonCode)
    assert set(reasons.PAYMENTS) == set(PaymentCode)
