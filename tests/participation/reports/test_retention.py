"""Files of reports go when their time is over; that the report was made, and of what, stays."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from participation.processes.services import contributions
from participation.reports.models import Report
from participation.reports.services import erase_due, make_files, request_report
from portal.audit.models import Entry
from portal.core.backup import stored_files
from portal.core.formats.text import format_date
from portal.jobs import schedule
from portal.jobs.attempt import JobRun
from portal.jobs.enums import JobState
from portal.jobs.errors import JobFailed
from portal.jobs.models import Job
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.both,
    pytest.mark.usefixtures("steps_at_once"),
]


@pytest.fixture
def pair():
    authority()
    pair = hearing_pair(state="closed")
    CommentFactory.create_batch(3, participation=pair.hearing)
    return pair


def report_of(pair, *, days_ago=0, queued=True):
    report = request_report(
        participation=pair.hearing, languages=["fi"], formats=["csv", "json"], queued=queued
    )
    report.refresh_from_db()
    if days_ago:
        taken = timezone.now() - dt.timedelta(days=days_ago)
        Report.objects.filter(pk=report.pk).update(taken_at=taken, created_at=taken)
        report.refresh_from_db()
    return report


def files_there():
    """Snapshots and files of jobs in private storage."""
    return {name for name in stored_files(storages["private"]) if name.startswith(("snapshots/", "jobs/"))}


def names_of(report):
    return {report.snapshot.name, *report.job.files.values_list("file", flat=True)}


def test_files_of_an_old_report_go_and_the_rest_stays(pair, settings):
    settings.REPORT_FILE_DAYS = 365
    old, new = report_of(pair, days_ago=366), report_of(pair, days_ago=364)
    gone, kept = names_of(old), names_of(new)
    assert gone | kept <= files_there()
    facts = Report.objects.filter(pk=old.pk).values("sha256", "counts", "taken_at", "engine", "formats")
    before = facts.get()

    assert erase_due() == 1
    assert not gone & files_there()
    assert kept <= files_there()
    assert facts.get() == before
    assert before["sha256"]
    old.refresh_from_db()
    assert (bool(old.snapshot), old.is_superseded, old.is_erased) == (False, False, True)
    assert all(file.is_withdrawn and file.sha256 for file in old.job.files.all())
    assert Entry.objects.filter(verb="report.erased", public_id=str(old.public_id)).count() == 1
    assert erase_due() == 0


def test_without_a_time_files_are_kept(pair, settings):
    settings.REPORT_FILE_DAYS = 0
    report = report_of(pair, days_ago=10_000)
    assert erase_due() == 0
    assert names_of(report) <= files_there()


def test_what_a_superseded_report_has_left_behind_goes_too(pair, settings):
    """A storage may have been away when the files were withdrawn."""
    settings.REPORT_FILE_DAYS = 365
    report = report_of(pair, days_ago=366)
    names = names_of(report)
    contributions.withdraw(contribution=pair.hearing.contributions.first())
    assert not names & files_there()
    left = [
        storages["private"].save(name, ContentFile(b"left"))
        for name in (f"snapshots/{report.public_id}.ndjson", report.job.files.first().file.name)
    ]
    assert set(left) <= files_there()
    assert erase_due() == 1
    assert not set(left) & files_there()


def test_a_snapshot_from_the_command_line_goes_too(pair, settings, tmp_path):
    settings.REPORT_FILE_DAYS = 365
    call_command("make_report", str(pair.hearing.public_id), "--format", "csv", "--output", tmp_path)
    report = Report.objects.get()
    Report.objects.update(taken_at=timezone.now() - dt.timedelta(days=366))
    assert report.snapshot.name in files_there()
    assert erase_due() == 1
    assert report.snapshot.name not in files_there()
    with pytest.raises(CommandError, match="withdrawn"):
        call_command(
            "make_report", str(pair.hearing.public_id), "--snapshot", report.sha256, "--output", tmp_path
        )


def test_a_report_being_made_is_left_alone(pair, settings):
    settings.REPORT_FILE_DAYS = 365
    report = report_of(pair, days_ago=366)
    Job.objects.filter(pk=report.job.pk).update(state=JobState.RUNNING)
    assert erase_due() == 0
    assert names_of(report) <= files_there()


def test_one_report_that_cannot_be_erased_stops_no_other(pair, settings, monkeypatch, caplog):
    settings.REPORT_FILE_DAYS = 365
    first, second = report_of(pair, days_ago=368), report_of(pair, days_ago=367)
    real = Report.save

    def save(self, **kwargs):
        if self.pk == first.pk:
            raise OSError("no")
        real(self, **kwargs)

    monkeypatch.setattr(Report, "save", save)
    assert erase_due() == 1
    assert str(first.public_id) in caplog.text
    second.refresh_from_db()
    assert second.is_erased


def test_an_erased_report_is_not_made_from_other_data_under_its_name(pair, settings):
    settings.REPORT_FILE_DAYS = 365
    report = report_of(pair, days_ago=366)
    erase_due()
    hash_before = report.sha256
    with pytest.raises(JobFailed):
        make_files(JobRun(report.job))
    report.refresh_from_db()
    assert (report.sha256, bool(report.snapshot)) == (hash_before, False)


def test_staff_read_when_the_files_went_and_make_the_report_again(client, pair, settings, language):
    settings.REPORT_FILE_DAYS = 365
    report = report_of(pair, days_ago=366)
    erase_due()
    client.force_login(UserFactory(official=True, language=language))
    address = reverse("reports:reports", args=[pair.hearing.public_id])
    page = client.get(address).content.decode()
    said = {"fi": "Tiedostot poistettu", "sv": "Filerna raderades"}[language]
    assert f"{said} {format_date(timezone.localdate(), language)}" in page
    assert report.sha256 in page
    again = reverse("reports:new_version", args=[pair.hearing.public_id, report.public_id])
    assert again in page
    assert client.post(again).status_code == 302
    made = Report.objects.exclude(pk=report.pk).get()
    assert (made.formats, made.job.state, made.supersedes) == (["csv", "json"], JobState.DONE, None)
    assert said in client.get(address).content.decode()


def test_an_erased_file_is_gone_and_says_so(client, pair, settings):
    settings.REPORT_FILE_DAYS = 365
    report = report_of(pair, days_ago=366)
    erase_due()
    client.force_login(UserFactory(official=True))
    file = report.job.files.first()
    response = client.get(reverse("job_file", args=[file.public_id]))
    assert response.status_code == 410
    assert "Sen säilytysaika on päättynyt" in response.content.decode()
    assert "Förvaringstiden har gått ut" in response.content.decode()


def test_it_runs_every_night():
    work = schedule._registered["reports.files"]
    assert work.function is erase_due
    assert work.daily_at is not None
