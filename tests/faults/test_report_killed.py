"""A worker killed in the middle of a report: the next one goes on to the same bytes; nothing stays behind."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from participation.reports.files import FORMATS, LANGUAGES
from participation.reports.services import make_to_folder, request_report
from portal.jobs import services
from portal.jobs.enums import JobState
from portal.jobs.models import Job, JobFile
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority
from tests.factories.staff import staff_member
from tests.participation.reports import made_up

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]
CHILD = "participation.reports.child"
WHOLE = len(LANGUAGES) * len(FORMATS)

ALONE = """
import json, sys
from pathlib import Path
from django.conf import settings
sys.path += json.loads(sys.argv[1])
settings.configure(LOCALE_PATHS=json.loads(sys.argv[2]))
from participation.reports.pipeline import Pipeline
list(Pipeline(Path(sys.argv[3]), Path(sys.argv[4])).run(["fi", "sv"], ["pdf", "docx"]))
"""


def commands():
    """{process id: (group, command line)} of everything that runs, zombies left out."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                state, _parent, group = (place / "stat").read_text().rpartition(")")[2].split()[:3]
                if state != "Z":
                    words = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    found[int(place.name)] = (int(group), words)
    return found


def children_at_work(group):
    return {pid for pid, (of, words) in commands().items() if of == group and CHILD in words}


@pytest.fixture
def pair():
    authority()
    pair = hearing_pair(state="closed")
    for number in range(20):
        root = CommentFactory(participation=pair.hearing, part=pair.parts[number % 2], municipality="091")
        CommentFactory(participation=pair.hearing, part=root.part, parent=root, swedish=True)
    return pair


def test_a_worker_killed_in_the_middle_of_a_report_leaves_the_rest_to_the_next(
    worker, worker_folder, wait_for, pair, tmp_path
):
    first = worker(pool="prefork")
    report = request_report(
        participation=pair.hearing, languages=LANGUAGES, formats=FORMATS, actor=staff_member("official")
    )
    rows = Job.objects.filter(pk=report.job.pk)

    def in_the_middle():
        job = rows.get()
        return 0 < job.done < job.total and job.files.count() >= 3 and children_at_work(first.pid)

    children = wait_for(in_the_middle)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    wait_for(lambda: not children & set(commands()), seconds=5)
    assert not [words for group, words in commands().values() if group == first.pid]
    job = rows.get()
    assert job.state == JobState.RUNNING
    before = {file.name: (file.sha256, file.created_at) for file in job.files.all()}
    assert 3 <= len(before) < WHOLE
    report.refresh_from_db()
    taken = (report.sha256, report.snapshot.name)
    # What comes after the snapshot is not in it, however the making goes on.
    CommentFactory(participation=pair.hearing)

    second = worker(pool="prefork")
    wait_for(lambda: services.sweep() or rows.get().attempts == 2)
    wait_for(lambda: rows.get().is_finished)

    job = rows.get()
    assert (job.state, job.attempts) == (JobState.DONE, 2), job.reason_fi
    report.refresh_from_db()
    assert (report.sha256, report.snapshot.name) == taken
    files = {file.name: (file.sha256, file.created_at) for file in job.files.all()}
    assert files.items() > before.items(), "what was made is not made again"
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    made = {path.name: sha256(path.read_bytes()) for path in make_to_folder(report, undisturbed)}
    assert len(made) == WHOLE
    assert {name: found for name, (found, _at) in files.items()} == made
    for file in JobFile.objects.filter(job=job):
        with file.file.open("rb") as stream:
            assert sha256(stream.read()) == file.sha256
    assert not children_at_work(second.pid)
    assert not list(worker_folder.glob("report-*")), "what the killed one was making is removed too"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def test_the_child_of_a_report_ends_with_the_process_that_started_it(tmp_path, settings, wait_for):
    """Alone, as when memory runs out: not the group, not the children, the one process is killed."""
    snapshot = tmp_path / "snapshot.ndjson"
    made_up.write(snapshot, made_up.rows(500))
    paths = [json.dumps(sys.path), json.dumps([str(path) for path in settings.LOCALE_PATHS])]
    command = [sys.executable, "-c", ALONE, *paths, str(snapshot), str(tmp_path)]
    run = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    try:
        wait_for((tmp_path / "measures.json").exists)
        wait_for(lambda: len(children_at_work(run.pid)) == 2)
        run.kill()
        run.wait()
        wait_for(lambda: not children_at_work(run.pid), seconds=2)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
