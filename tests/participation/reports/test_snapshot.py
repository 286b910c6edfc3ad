import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.reports.snapshot import Snapshot, SnapshotError, clean

from . import made_up


def test_the_hash_is_that_of_the_file(tmp_path):
    path = tmp_path / "snapshot.ndjson"
    sha256 = made_up.write(path, made_up.rows(40))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256 == Snapshot.open(path).sha256


def test_lines_are_canonical(tmp_path):
    path = tmp_path / "snapshot.ndjson"
    made_up.write(path, made_up.rows(40))
    for line in path.read_bytes().splitlines(keepends=True):
        value = json.loads(line)
        again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        assert line == again


def test_rows_come_back_as_they_were_given(tmp_path):
    path = tmp_path / "snapshot.ndjson"
    given_rows = [made_up.row(n) for n in range(12)]
    made_up.write(path, given_rows)
    snapshot = Snapshot.open(path)
    assert [{k: v for k, v in row.items() if k != "type"} for row in snapshot.rows()] == given_rows
    assert [row["writer"] for row in snapshot.rows(3, 6)] == [3, 4, 5]
    assert [row["writer"] for row in snapshot.rows(10)] == [10, 11]


def test_a_cut_file_is_refused(tmp_path):
    path = tmp_path / "snapshot.ndjson"
    made_up.write(path, made_up.rows(20))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with pytest.raises(SnapshotError):
        Snapshot.open(path)
    path.write_bytes(b"".join([*lines[:5], *lines[6:]]))
    with pytest.raises(SnapshotError, match="19 rows"):
        Snapshot.open(path)
    path.write_bytes(b"not json\n")
    with pytest.raises(SnapshotError):
        Snapshot.open(path)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NUL \x00", "NUL \ufffd"),
        ("\ud800 yksin", "\ufffd yksin"),
        ("\ud83d\ude00", "😀"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ttab ja\nrivi", "\ttab ja\nrivi"),
        ("\ufffe", "\ufffd"),
        ("=1+1", "=1+1"),
    ],
)
def test_only_what_no_file_can_hold_is_replaced(text, kept):
    assert clean(text) == kept


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_can_be_written_and_cleaning_it_again_changes_nothing(text):
    clean(text).encode()
    assert clean(clean(text)) == clean(text)
