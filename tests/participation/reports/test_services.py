"""From a hearing in the database to files, and back again when something in it is hidden."""

import json

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from participation.hearings.models import Comment
from participation.processes.enums import ModerationState
from participation.processes.services import contributions
from participation.reports.models import Report
from participation.reports.services import make_files, new_version, request_report, taking
from participation.reports.snapshot import Snapshot
from portal.audit.models import Entry
from portal.jobs.models import Job
from portal.jobs.services import retry
from portal.jobs.services import run as run_job
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority
from tests.factories.staff import staff_member

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.both,
    pytest.mark.usefixtures("steps_at_once"),
]
CANARY = "KANARIALINTU"


@pytest.fixture
def pair():
    authority()
    pair = hearing_pair(
        state="closed", sections=2, fi={"title": "Äänestä: lähipalvelut"}, sv={"title": "Rösta"}
    )
    for n in range(8):
        root = CommentFactory(
            participation=pair.hearing, part=pair.parts[n % 2], municipality="091", device_key=f"laite{n % 3}"
        )
        CommentFactory(
            participation=pair.hearing, part=pair.parts[n % 2], parent=root, language="sv", municipality="091"
        )
    return pair


@pytest.fixture
def official():
    return staff_member("official")


def ordered(pair, official, formats=("csv", "json")):
    """A finished report: eager workers of the tests run the job when the transaction ends."""
    report = request_report(
        participation=pair.hearing, languages=["fi", "sv"], formats=formats, actor=official
    )
    report.refresh_from_db()
    if not report.job.is_finished:
        run_job(report.job.pk)
        report.refresh_from_db()
    return report


def rows_of(report, tmp_path):
    return list(copied(report, tmp_path).rows())


def copied(report, tmp_path):
    path = tmp_path / f"{report.pk}.ndjson"
    with storages["private"].open(report.snapshot.name) as source:
        path.write_bytes(source.read())
    return Snapshot.open(path)


def test_a_report_has_a_snapshot_and_its_files_named_after_the_hearing(pair, official, tmp_path):
    report = ordered(pair, official)
    assert report.job.state == "done", report.job.reason_fi
    assert report.counts["rows"] == 16
    assert len(report.sha256) == 64
    names = set(report.job.files.values_list("name", "language"))
    assert {name.split(" - ")[0] for name, _language in names} == {"Äänestä lähipalvelut", "Rösta"}
    assert {language for _name, language in names} == {"fi", "sv"}
    assert len(names) == 4
    assert Entry.objects.filter(verb="report.ordered", actor=official.public_id).exists()


def test_rows_follow_parts_and_threads_and_writers_are_numbers(pair, official, tmp_path):
    rows = rows_of(ordered(pair, official), tmp_path)
    parts = [str(part.public_id) for part in pair.parts]
    assert [row["part_id"] for row in rows] == [parts[0]] * 8 + [parts[1]] * 8
    for root, reply in zip(rows[::2], rows[1::2], strict=True):
        assert root["parent_id"] == ""
        assert reply["parent_id"] == root["id"]
        assert reply["writer"] is None
    assert {row["writer"] for row in rows[::2]} == {1, 2, 3}
    assert "laite" not in json.dumps(rows)


def test_batches_go_on_by_keyset(pair, official, tmp_path, monkeypatch):
    monkeypatch.setattr("participation.hearings.report_source.THREADS", 3)
    rows = rows_of(ordered(pair, official), tmp_path)
    assert len({row["id"] for row in rows}) == 16


def test_hidden_text_is_not_in_the_snapshot_and_withdrawn_rows_are_not_there(pair, official, tmp_path):
    hidden = CommentFactory(participation=pair.hearing, hidden=True, original_text=f"{CANARY} piilossa")
    withdrawn = CommentFactory(participation=pair.hearing, withdrawn=True, original_text=f"{CANARY} peruttu")
    redacted = CommentFactory(
        participation=pair.hearing, original_text=f"{CANARY} peitetty", public_text="[...]"
    )
    report = ordered(pair, official)
    rows = {row["id"]: row for row in rows_of(report, tmp_path)}
    assert rows[str(hidden.public_id)]["state"] == "hidden"
    assert str(withdrawn.public_id) not in rows
    assert rows[str(redacted.public_id)]["text"] == "[...]"
    for file in report.job.files.all():
        with storages["private"].open(file.file.name) as source:
            assert CANARY.encode() not in source.read()


CHANGES = {
    "hidden": lambda row: contributions.set_moderation_state(
        contribution=row, state=ModerationState.HIDDEN, reason="insults"
    ),
    "redacted": lambda row: contributions.redact(contribution=row, text="[peitetty]"),
    "withdrawn": lambda row: contributions.withdraw(contribution=row),
    "removed": lambda row: contributions.request_removal(contribution=row),
    "erased": lambda row: contributions.destroy(
        contribution=row, actor=staff_member("official"), decision="ESIM/2/2026"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_taken_out_of_view_withdraws_the_report_and_the_next_one_says_why(
    pair, official, tmp_path, change
):
    report = ordered(pair, official)
    sha256, stored = report.sha256, report.snapshot.name
    paths = [file.file.name for file in report.job.files.all()]
    CHANGES[change](Comment.objects.filter(participation=pair.hearing).first())
    report.refresh_from_db()
    assert report.is_superseded
    assert report.sha256 == sha256
    assert report.counts["rows"] == 16
    assert not any(storages["private"].exists(path) for path in [*paths, stored])
    assert all(file.is_withdrawn for file in report.job.files.all())
    assert Entry.objects.filter(verb="report.superseded").exists()

    successor = new_version(report=report, actor=official)
    successor.refresh_from_db()
    assert successor.supersedes == report
    previous = copied(successor, tmp_path).header["previous"]
    assert previous == {"hash": sha256, "changed": 1, "reasons": {change: 1}}


def test_what_takes_nothing_out_of_view_leaves_the_report_alone(pair, official, django_assert_num_queries):
    pending = CommentFactory(participation=pair.hearing, pending=True)
    report = ordered(pair, official)
    contributions.set_moderation_state(contribution=pending, state=ModerationState.PUBLISHED)
    late = CommentFactory(participation=pair.hearing)
    contributions.withdraw(contribution=late)
    report.refresh_from_db()
    assert not report.is_superseded


def test_what_came_just_before_the_reading_is_withdrawn_with_the_report(
    pair, official, tmp_path, monkeypatch
):
    begin, came = taking.begin, []

    def begin_and_then_comment(report):
        begin(report)
        came.append(CommentFactory(participation=pair.hearing, public_text=CANARY))

    monkeypatch.setattr(taking, "begin", begin_and_then_comment)
    report = ordered(pair, official)
    assert CANARY in str(rows_of(report, tmp_path))
    contributions.withdraw(contribution=came[0])
    report.refresh_from_db()
    assert report.is_superseded


def test_a_change_while_the_snapshot_is_read_is_not_missed(pair, official, monkeypatch):
    read = taking.read

    def read_and_then_withdraw(report, path):
        values = read(report, path)
        contributions.withdraw(contribution=pair.hearing.contributions.first())
        return values

    monkeypatch.setattr(taking, "read", read_and_then_withdraw)
    report = ordered(pair, official)
    assert report.job.state == "failed"
    assert report.job.error_code == "superseded"
    assert report.job.reason_sv
    assert not report.snapshot
    assert not report.job.files.exists()


def test_a_retried_job_goes_on_from_its_snapshot_with_the_same_bytes(pair, official):
    report = ordered(pair, official)
    before = dict(report.job.files.values_list("name", "sha256"))
    lost = report.job.files.first()
    kept = report.job.files.exclude(pk=lost.pk).first()
    lost.delete()
    CommentFactory(participation=pair.hearing)
    Job.objects.filter(pk=report.job.pk).update(state="failed")
    report.job.refresh_from_db()
    assert retry(report.job)
    job = Job.objects.get(pk=report.job.pk)
    if not job.is_finished:
        run_job(job.pk)
    assert dict(job.files.values_list("name", "sha256")) == before
    assert job.files.get(name=kept.name).created_at == kept.created_at


def test_unknown_formats_are_refused(pair):
    with pytest.raises(ValueError, match="odt chosen"):
        request_report(participation=pair.hearing, languages=["fi"], formats=["odt"])
    with pytest.raises(ValueError, match="none chosen"):
        request_report(participation=pair.hearing, languages=[], formats=["pdf"])
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["public_id", "fi", "sv"])
def test_the_command_prints_the_files_it_made(pair, tmp_path, capsys, name):
    hearing = str(pair.hearing.public_id) if name == "public_id" else getattr(pair, name).slug
    call_command("make_report", hearing, language=["fi", "sv"], format=["csv"], output=tmp_path, verbosity=0)
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 3
    assert {path.name for path in tmp_path.iterdir()} == {line.split("/")[-1] for line in printed[:2]}
    sha256 = printed[2].split()[-1]

    again = tmp_path / "again"
    call_command(
        "make_report",
        hearing,
        language=["fi", "sv"],
        format=["csv"],
        output=again,
        snapshot=sha256,
        verbosity=0,
    )
    for path in again.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


def test_the_command_says_what_is_wrong(pair, tmp_path):
    with pytest.raises(CommandError, match="no page has that slug"):
        call_command("make_report", "ei-ole", output=tmp_path)
    with pytest.raises(CommandError, match="No participation"):
        call_command("make_report", "00000000-0000-0000-0000-000000000000", output=tmp_path)
    with pytest.raises(CommandError, match="No stored snapshot abc"):
        call_command("make_report", str(pair.hearing.public_id), output=tmp_path, snapshot="abc")


def test_the_handler_is_registered():
    from portal.jobs import registry

    assert registry.get("report").handler is make_files
