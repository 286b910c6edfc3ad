"""A broker that refuses or says nothing, and workers killed in the middle of their work."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from portal.jobs import sending, services
from portal.jobs.enums import JobState
from portal.jobs.models import Job, JobFile
from tests.faults import slow_work

pytestmark = [pytest.mark.faults, pytest.mark.both]
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("messages", "control")


def use_broker(monkeypatch, url, **options):
    app = Celery("test", broker=url, set_as_current=False)
    app.conf.update(task_ignore_result=True, broker_transport_options=options)
    monkeypatch.setattr(sending, "app", app)
    sending.resume()


@pytest.fixture(autouse=True)
def _broker_forgiven():
    yield
    sending.resume()


@pytest.fixture
def silent_port():
    """Accepts connections and never says a word, as a broker behind a broken network does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def refusing_port():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield unused.getsockname()[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["refusing_port", "silent_port"])
def test_a_broker_that_does_not_answer_costs_half_a_second_once_and_no_job(broker, request, monkeypatch):
    use_broker(monkeypatch, f"redis://127.0.0.1:{request.getfixturevalue(broker)}/0")
    begun = time.monotonic()
    first = services.enqueue(slow_work.NAME, {})
    took = time.monotonic() - begun
    begun = time.monotonic()
    second = services.enqueue(slow_work.NAME, {})
    took_second = time.monotonic() - begun

    assert took < 0.6
    assert took_second < 0.1
    for job in (first, second):
        job.refresh_from_db()
        assert (job.state, job.sent_at) == (JobState.QUEUED, None)


@pytest.fixture
def worker(settings, monkeypatch, tmp_path):
    """Starts real worker processes on a folder as broker; ends those that are left."""
    data = Path(settings.DATA_DIR)
    for folder in FOLDERS:
        (data / "broker" / folder).mkdir(parents=True, exist_ok=True)
    use_broker(
        monkeypatch,
        "filesystem://",
        data_folder_in=str(data / "broker" / "messages"),
        data_folder_out=str(data / "broker" / "messages"),
        control_folder=str(data / "broker" / "control"),
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": database_address(),
        "DATA_DIR": str(data),
        "JOB_LEASE_SECONDS": "2",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "PYTHONWARNINGS": "default",
    }
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "--pool", "solo"]
    command += ["--loglevel", "INFO", "--include", "tests.faults.slow_work", "--without-mingle"]
    started = []
    settings.JOB_LEASE_SECONDS = 2

    def start():
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def database_address():
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return f"postgres://{values['USER']}{password}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def wait_for(question, seconds=90):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return
        time.sleep(0.1)
    pytest.fail("waited in vain")


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing(worker):
    first = worker()
    job = services.enqueue(slow_work.NAME, {})
    rows = Job.objects.filter(pk=job.pk)
    wait_for(lambda: rows.get().done >= 5)
    first.send_signal(signal.SIGKILL)
    first.wait()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING

    worker()
    wait_for(lambda: services.sweep() or rows.get().attempts == 2)
    wait_for(lambda: rows.get().is_finished)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert job.finished_at < timezone.now()
    file = JobFile.objects.get()
    with file.file.open("rb") as stream:
        assert stream.read() == "".join(f"{number}\n" for number in range(slow_work.STEPS)).encode()
