"""A broker that refuses or says nothing, and workers killed in the middle of their work."""

import signal
import socket
import time

import pytest
from django.utils import timezone

from portal.jobs import services
from portal.jobs.enums import JobState
from portal.jobs.models import Job, JobFile
from tests.faults import slow_work

pytestmark = [pytest.mark.faults, pytest.mark.both]


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
def test_a_broker_that_does_not_answer_costs_half_a_second_once_and_no_job(broker, request, use_broker):
    use_broker(f"redis://127.0.0.1:{request.getfixturevalue(broker)}/0")
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


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing(worker, wait_for):
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
