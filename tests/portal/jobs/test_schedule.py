import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.jobs import schedule
from portal.jobs.models import Job

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOON = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.fixture
def calls(monkeypatch):
    monkeypatch.setattr(schedule, "_registered", {})
    return []


def test_work_is_begun_once_per_slot_and_again_in_the_next(calls):
    schedule.register("test.effects", lambda: calls.append(1), every=timedelta(minutes=1))

    assert schedule.run_due(NOON) == ["test.effects"]
    assert schedule.run_due(NOON + timedelta(seconds=59)) == []
    assert schedule.run_due(NOON + timedelta(seconds=60)) == ["test.effects"]
    assert schedule.run_due(NOON + timedelta(hours=5)) == ["test.effects"]
    assert len(calls) == 3


def test_daily_work_waits_for_its_hour_in_helsinki(calls):
    schedule.register("test.retention", lambda: calls.append(1), daily_at=time(3, 0))
    midnight = datetime(2026, 11, 29, 22, 30, tzinfo=UTC)

    schedule.run_due(midnight - timedelta(days=1))
    assert schedule.run_due(midnight) == ["test.retention"]  # missed at three in the morning
    assert schedule.run_due(midnight + timedelta(hours=2)) == []
    assert schedule.run_due(midnight + timedelta(hours=3)) == ["test.retention"]


def test_heavy_work_becomes_a_job(calls, job_kind, sent):
    job_kind()
    schedule.register("test.heavy", kind="test.work", parameters={"n": 1}, every=timedelta(hours=1))

    schedule.run_due(NOON)
    schedule.run_due(NOON + timedelta(minutes=1))

    job = Job.objects.get()
    assert (job.kind, job.parameters) == ("test.work", {"n": 1})


def test_a_failure_stops_nothing_else(calls, caplog):
    def fail():
        raise OSError

    schedule.register("test.first", fail, every=timedelta(minutes=1))
    schedule.register("test.second", lambda: calls.append(1), every=timedelta(minutes=1))

    assert schedule.run_due(NOON) == ["test.second"]
    assert calls == [1]
    assert "test.first" in caplog.text


def test_the_work_of_the_night_can_be_done_now(calls, job_kind, sent, caplog):
    job_kind()

    def fail():
        raise OSError

    schedule.register("test.often", lambda: calls.append("often"), every=timedelta(minutes=1))
    schedule.register("test.first", fail, daily_at=time(3, 0))
    schedule.register("test.second", lambda: calls.append("second"), daily_at=time(3, 10))
    schedule.register("test.heavy", kind="test.work", daily_at=time(3, 20))

    with pytest.raises(CommandError, match=r"test\.first"):
        call_command("run_daily")
    assert calls == ["second"]
    assert Job.objects.get().kind == "test.work"
    assert "test.first" in caplog.text


@pytest.mark.parametrize(
    "options",
    [
        {"every": timedelta(minutes=1)},
        {"kind": "test.work"},
        {"kind": "test.work", "every": timedelta(minutes=1), "daily_at": time(3)},
    ],
)
def test_half_a_registration_is_refused(calls, options):
    with pytest.raises(ValueError, match=r"test\.half"):
        schedule.register("test.half", **options)


@pytest.mark.django_db(transaction=True)
def test_two_beats_begin_a_slot_once(calls):
    schedule.register("test.effects", lambda: calls.append(1), every=timedelta(minutes=1))
    start = threading.Barrier(4)

    def tick():
        start.wait()
        schedule.run_due(NOON)
        connection.close()

    threads = [threading.Thread(target=tick) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert calls == [1]
