"""What the demonstration says, before it is loaded: both languages, the same structure, nobody real."""

import csv
import datetime as dt
import re
from collections import Counter
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from participation.processes import enums
from portal.core import municipalities
from portal.home.demo import authority, content, prose
from portal.home.demo.content import CONTENT, ContentError, Text

FILES = sorted(path.stem for path in CONTENT.glob("*.toml"))
HEARING_FILES = [name for name in FILES if name.startswith("hearing_")]
COMMENT_FILES = [name for name in FILES if name.startswith("comments_")]


def texts_of(value, where=""):
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_of(item, f"{where}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts_of(item, f"{where}[{index}]")


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.found.append(tag)


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_structure(name):
    for where, text in texts_of(content.read(name)):
        assert Tags(prose.rich_text(text.fi)).found == Tags(prose.rich_text(text.sv)).found, where


@pytest.mark.parametrize("name", [name for name in FILES if name not in COMMENT_FILES])
def test_no_text_is_left_in_the_other_language(name):
    """Neither text holds the commonest words of the other language."""
    for where, text in texts_of(content.read(name)):
        assert not re.search(r"\b(och|är|att|inte|för)\b", text.fi), where
        assert not re.search(r"\b(ja|että|ovat|ei|sekä)\b", text.sv), where


def test_refuses_a_text_in_one_language(tmp_path, monkeypatch):
    (tmp_path / "half.toml").write_text('title.fi = "Otsikko"\n', encoding="utf-8")
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    with pytest.raises(ContentError, match=r"half\.title.*\['fi'\].*\['fi', 'sv'\]"):
        content.read("half")


def test_refuses_lists_of_different_length(tmp_path, monkeypatch):
    (tmp_path / "half.toml").write_text('q.fi = ["a", "b"]\nq.sv = ["a"]\n', encoding="utf-8")
    monkeypatch.setattr(content, "CONTENT", tmp_path)
    with pytest.raises(ContentError, match="2 items in Finnish, 1 in Swedish"):
        content.read("half")


@pytest.mark.parametrize("name", FILES)
def test_contacts_cannot_be_anybodys(name):
    """Addresses end in example.fi, telephone numbers are zeros, links lead to the statute book alone."""
    raw = (CONTENT / f"{name}.toml").read_text(encoding="utf-8")
    assert set(re.findall(r"[\w.åäö-]+@([\w.-]+\w)", raw)) <= {"example.fi"}
    assert all(number.startswith("09 000") for number in re.findall(r"\b0\d{1,2} \d{3} \d{3,4}\b", raw))
    assert set(re.findall(r"https?://([^/\"]+)", raw)) <= {"www.finlex.fi"}


def test_the_calendar_moves_with_the_day_it_is_given():
    calendar = content.Calendar(dt.date(2026, 3, 27), ZoneInfo("Europe/Helsinki"))
    assert calendar.moment(0) == dt.datetime(2026, 3, 27, 7, tzinfo=dt.UTC)
    # Summer time has begun in between: nine in the morning stays nine in Helsinki.
    assert calendar.moment(3) == dt.datetime(2026, 3, 30, 6, tzinfo=dt.UTC)
    assert calendar.moment(-1.5) == dt.datetime(2026, 3, 25, 13, tzinfo=dt.UTC)


def test_hearings_show_every_state_that_ends_well():
    states = Counter(content.read(name)["outcome_state"] for name in HEARING_FILES)
    assert states == {"open": 1, "answered": 1, "closed": 1, "scheduled": 1}


@pytest.mark.parametrize("name", HEARING_FILES)
def test_hearings_use_the_words_of_the_platform(name):
    row = content.read(name)
    assert set(row["means"]) <= set(enums.MeansOfParticipation.values)
    assert set(row["target_groups"]) <= set(enums.TargetGroup.values)
    assert set(row["life_stages"]) <= set(enums.LifeStage.values)
    assert row["level"] in enums.Level.values
    assert row["moderation_mode"] in enums.ModerationMode.values


def test_comments_are_about_sixty_and_a_fifth_is_swedish():
    comments = [row for name in COMMENT_FILES for row in content.read(name)["comments"]]
    languages = Counter(row["language"] for row in comments)
    assert 55 <= len(comments) <= 70
    assert 0.15 <= languages["sv"] / len(comments) <= 0.25
    assert languages["other"] >= 1
    assert len({row["text"] for row in comments}) == len(comments)


@pytest.mark.parametrize("name", COMMENT_FILES)
def test_comments_fit_their_hearing(name):
    hearing = content.read(name.replace("comments_", "hearing_"))
    sections = {section["key"] for section in hearing["sections"]}
    codes = {row["code"] for row in authority.rows(municipalities.FILE)}
    seen: dict[str, dict] = {}
    for row in content.read(name)["comments"]:
        assert row.get("part") in sections | {None}
        assert row.get("municipality", "not_said") in codes | set(enums.PlaceOutside.values)
        assert row.get("age", "not_said") in enums.AgeClass.values
        assert row.get("role", "not_said") in enums.Role.values
        assert row.get("channel", "web") in enums.Channel.values
        assert 0 < row["day"] < hearing["closes_days"] - hearing["opens_days"]
        if "parent" in row:
            parent = seen[row["parent"]]
            assert "parent" not in parent
            assert (parent["part"], parent["day"] < row["day"]) == (row["part"], True)
        assert row["id"] not in seen
        seen[row["id"]] = row


def test_population_is_what_the_source_says():
    rows = list(authority.rows(authority.POPULATION))
    totals = [int(row["persons"]) for row in rows if row["language"] == "total"]
    swedish = [row for row in rows if row["language"] == "sv"]
    assert (len(totals), sum(totals)) == (26, 1_655_624)
    assert len(swedish) == 15
    assert all(int(row["persons"]) > 0 and row["source"] and row["year"] == "2017" for row in rows)


def test_municipalities_are_the_regions_26():
    with municipalities.FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len({row["code"] for row in rows}) == len(rows) == 26
    assert all(re.fullmatch(r"\d{3}", row["code"]) and row["name_fi"] and row["name_sv"] for row in rows)


def test_prose_escapes_and_keeps_lines():
    assert prose.rich_text("a < b\nc\n\n- *x*\n- **y**") == (
        "<p>a &lt; b<br/>c</p><ul><li><i>x</i></li><li><b>y</b></li></ul>"
    )
    assert prose.body("## H\n\nt\n\nu") == [("heading", "H"), ("text", "<p>t</p><p>u</p>")]
