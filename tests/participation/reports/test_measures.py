import pytest

from participation.reports.measures import measure
from participation.reports.measures.intervals import ratio_interval, wilson
from participation.reports.snapshot import Snapshot

from . import made_up


def measured(tmp_path, rows, **changes):
    path = tmp_path / "snapshot.ndjson"
    made_up.write(path, rows, **changes)
    return measure(Snapshot.open(path))


def cell(table, code):
    return next(row for row in table["rows"] if row["code"] == code)


def test_summary_counts_people_once_and_hidden_rows_not_at_all(tmp_path):
    first = made_up.row(0, writer=1)
    found = measured(
        tmp_path,
        [
            first,
            made_up.row(1, writer=1, parent_id=first["id"], supports=3),
            made_up.row(2, writer=None),
            made_up.row(3, writer=None, state="pending", audience="preparers", late=True),
            made_up.row(4, writer=5, state="hidden", reason="insults", text=""),
            made_up.row(5, writer=6, official=True, parent_id=first["id"]),
        ],
    )
    assert found["summary"] == {
        "contributions": 4,
        "comments": 3,
        "replies": 1,
        "supports": 3,
        "writers": 3,
        "known_writers": 1,
        "unknown_writers": 2,
        "speaks_for": 0,
        "for_preparers": 1,
        "late": 1,
        "redacted": 0,
        "official": 1,
    }
    assert found["moderation"]["hidden_total"] == 1
    assert found["rows"] == 6


def test_a_day_is_a_day_in_helsinki(tmp_path):
    late_evening = "2026-10-01T21:30:00+00:00"
    rows = [made_up.row(n, received=late_evening) for n in range(6)]
    rows += [made_up.row(10 + n, received="2026-10-01T20:30:00+00:00") for n in range(5)]
    period = measured(tmp_path, rows)["tables"]["period"]
    assert period["key"] == "day"
    assert [(row["code"], row["contributions"]) for row in period["rows"]] == [
        ("2026-10-01", 5),
        ("2026-10-02", 6),
    ]


def test_a_day_without_contributions_is_a_zero_and_a_long_hearing_goes_by_weeks(tmp_path):
    def on(day, first):
        return [made_up.row(first + n, received=f"{day}T10:00:00+00:00") for n in range(5)]

    period = measured(tmp_path, on("2026-10-01", 0) + on("2026-10-04", 10))["tables"]["period"]
    assert [row["contributions"] for row in period["rows"]] == [5, 0, 0, 5]
    period = measured(tmp_path, on("2026-01-01", 0) + on("2026-10-04", 10))["tables"]["period"]
    assert period["key"] == "week"
    assert period["rows"][0]["code"] == "2025-12-29"
    assert sum(row["contributions"] for row in period["rows"]) == 10


def test_representation_is_share_by_expected_share(tmp_path):
    rows = [made_up.row(n, municipality="091") for n in range(60)]
    rows += [made_up.row(100 + n, municipality="049") for n in range(20)]
    rows += [made_up.row(200 + n, municipality="638") for n in range(20)]
    rows += [made_up.row(300 + n, municipality="not_said") for n in range(30)]
    found = measured(tmp_path, rows)["representation"]["municipality"]
    population = 643_272 + 279_044 + 50_159 + 4_990
    assert found["base"] == 100
    helsinki = next(row for row in found["rows"] if row["code"] == "091")
    assert helsinki["share"] == 0.6
    assert helsinki["expected"] == pytest.approx(643_272 / population)
    assert helsinki["ratio"] == pytest.approx(0.6 / (643_272 / population))
    assert helsinki["low"] < helsinki["ratio"] < helsinki["high"]
    askola = next(row for row in found["rows"] if row["code"] == "018")
    assert askola["ratio"] == 0
    assert askola["low"] == 0
    assert askola["high"] > 1


def test_a_missing_population_figure_is_missing_not_zero(tmp_path):
    rows = [made_up.row(n, language="sv" if n % 2 else "fi") for n in range(40)]
    found = measured(tmp_path, rows)["representation"]["language"]
    swedish = next(row for row in found["rows"] if row["code"] == "sv")
    assert swedish["expected"] is None
    assert swedish["persons"] is None
    assert "ratio" not in swedish
    assert found["missing"]["sv"] == ["018", "049", "638"]
    population = made_up.header()["population"]
    population["rows"] = [row for row in population["rows"] if row["municipality"] != "049"]
    found = measured(tmp_path, rows, population=population)["representation"]["municipality"]
    assert found["missing"] == ["049"]
    espoo = next(row for row in found["rows"] if row["code"] == "049")
    assert espoo["expected"] is None
    assert "ratio" not in espoo
    assert next(row for row in found["rows"] if row["code"] == "091")["expected"] == pytest.approx(
        643_272 / (643_272 + 50_159 + 4_990)
    )


def test_wilson_interval_matches_published_values():
    # Newcombe, Two-sided confidence intervals for the single proportion (Statistics in Medicine 17, 1998),
    # table I.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
    assert ratio_interval(81, 263, 0.5) == pytest.approx((0.5106, 0.7324), abs=1e-4)
    with pytest.raises(ValueError, match="total 0"):
        wilson(0, 0)


def test_most_supported_overall_and_by_language(tmp_path):
    rows = [made_up.row(n, supports=n % 50, language="sv" if n % 3 == 0 else "fi") for n in range(120)]
    rows.append(made_up.row(500, supports=1000, state="hidden", reason="insults", text=""))
    found = measured(tmp_path, rows)
    supports = [row["supports"] for row in found["most_supported"]]
    assert len(supports) == 20
    assert supports == sorted(supports, reverse=True)
    assert supports[:4] == [49, 49, 48, 48]
    assert found["most_supported"][0]["id"] == rows[49]["id"]
    assert {row["language"] for row in found["most_supported_by_language"]["sv"]} == {"sv"}


def test_volumes_end_at_2000_comments_or_earlier_with_long_texts(tmp_path):
    short = measured(tmp_path, [made_up.row(n) for n in range(4100)])
    assert short["volumes"] == [[0, 2000], [2000, 4000], [4000, 4100]]
    assert measured(tmp_path, [made_up.row(n) for n in range(1000)])["volumes"] == []
    long = measured(tmp_path, [made_up.row(n, text="x" * 10_000) for n in range(1200)])
    assert [stop - start for start, stop in long["volumes"]][:2] == [150, 150]
    assert long["volumes"][-1][1] == 1200


def test_a_suppressed_municipality_is_left_out_of_both_shares(tmp_path):
    rows = [made_up.row(n, municipality="091") for n in range(60)]
    rows += [made_up.row(100 + n, municipality="018") for n in range(3)]
    rows += [made_up.row(200 + n, municipality="638") for n in range(20)]
    found = measured(tmp_path, rows)["representation"]["municipality"]
    shown = {row["code"]: row for row in found["rows"]}
    assert shown["018"]["hidden"]
    assert shown["638"]["hidden"], "goes along so that Askola's figure cannot be told"
    assert found["base"] == 60
    assert shown["091"]["expected"] == pytest.approx(643_272 / (643_272 + 279_044))
