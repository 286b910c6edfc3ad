"""Real worker processes on a folder as broker, to be killed by tests."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection

from portal.jobs import sending

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("messages", "control")


@pytest.fixture(autouse=True)
def _broker_forgiven():
    yield
    sending.resume()


@pytest.fixture
def use_broker(monkeypatch):
    def use(url, **options):
        app = Celery("test", broker=url, set_as_current=False)
        app.conf.update(task_ignore_result=True, broker_transport_options=options)
        monkeypatch.setattr(sending, "app", app)
        sending.resume()

    return use


@pytest.fixture
def worker_folder(tmp_path):
    """Where workers put what is temporary."""
    folder = tmp_path / "workers"
    folder.mkdir()
    return folder


@pytest.fixture
def worker(settings, use_broker, tmp_path, worker_folder):
    """Starts real workers, each the leader of a process group of its own; ends those that are left."""
    data = Path(settings.DATA_DIR)
    for folder in FOLDERS:
        (data / "broker" / folder).mkdir(parents=True, exist_ok=True)
    use_broker(
        "folder://",
        data_folder_in=str(data / "broker" / "messages"),
        data_folder_out=str(data / "broker" / "messages"),
        control_folder=str(data / "broker" / "control"),
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": database_address(),
        "DATA_DIR": str(data),
        "JOB_LEASE_SECONDS": "2",
        "TMPDIR": str(worker_folder),
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "PYTHONWARNINGS": "default",
    }
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "--loglevel", "INFO"]
    command += ["--include", "tests.faults.slow_work", "--without-gossip", "--without-mingle"]
    started = []
    settings.JOB_LEASE_SECONDS = 2

    def start(pool="solo"):
        with (tmp_path / f"worker-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--pool", pool, "--concurrency", "1"],
                cwd=tmp_path,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        kill_group(process)
    for log in sorted(tmp_path.glob("worker-*.log")):
        print(f"--- {log.name} ---\n{log.read_text(errors='replace')[-4000:]}")  # noqa: T201


def kill_group(process):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def database_address():
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    password = f":{values['PASSWORD']}" if values["PASSWORD"] else ""
    return f"postgres://{values['USER']}{password}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


@pytest.fixture
def wait_for():
    def wait(question, seconds=90):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := question():
                return found
            time.sleep(0.1)
        pytest.fail("waited in vain")

    return wait
