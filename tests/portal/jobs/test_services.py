import io
import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy, override

from portal.audit.models import Entry
from portal.jobs import services
from portal.jobs.enums import JobState
from portal.jobs.errors import JobFailed, LeaseLost
from portal.jobs.models import Job, JobFile

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def silent_since(job, seconds):
    """As a worker that was killed leaves its job."""
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        lease=uuid.uuid4(),
        heartbeat_at=timezone.now() - timedelta(seconds=seconds),
        attempts=1,
    )


def test_a_job_is_run_after_the_commit_with_its_parameters(job_kind, django_capture_on_commit_callbacks):
    seen = []
    job_kind(lambda run: seen.append(run.job.parameters))
    participation = uuid.uuid4()

    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("test.work", {"languages": ["fi", "sv"]}, participation_id=participation)
        assert seen == []

    job.refresh_from_db()
    assert seen == [{"languages": ["fi", "sv"]}]
    assert job.state == JobState.DONE
    assert job.participation_id == participation
    assert job.started_at <= job.finished_at
    assert job.lease is None


def test_a_job_dies_with_its_transaction(job_kind, sent):
    job_kind()

    @transaction.atomic
    def stopped():
        services.enqueue("test.work", {})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()

    assert not Job.objects.exists()
    assert sent == []


def test_an_unknown_kind_is_refused_with_the_known_ones(job_kind):
    job_kind()
    with pytest.raises(LookupError, match=r"no job kind 'test.wrok'; registered are .*'test.work'"):
        services.enqueue("test.wrok", {})


def test_one_unfinished_job_per_key(job_kind, sent):
    job_kind()
    first = services.enqueue("test.work", {"n": 1}, key="report:1")
    again = services.enqueue("test.work", {"n": 2}, key="report:1")
    other = services.enqueue("test.work", {"n": 3}, key="report:2")
    assert again == first
    assert other != first

    services.run(first.pk)
    assert services.enqueue("test.work", {"n": 4}, key="report:1") != first


def test_the_database_holds_one_unfinished_job_per_key():
    Job.objects.create(kind="test.work", key="report:1", state=JobState.RUNNING)
    Job.objects.create(kind="test.work", key="report:1", state=JobState.DONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="test.work", key="report:1")


def test_ordering_costs_one_statement_where_the_broker_is_up(
    job_kind, sent, django_assert_num_queries, django_capture_on_commit_callbacks
):
    job_kind()
    with django_assert_num_queries(1), django_capture_on_commit_callbacks(execute=True):
        services.enqueue("test.work", {})
    assert len(sent) == 1


def test_what_the_broker_did_not_take_waits_and_is_sent_by_the_sweep(
    job_kind, unsent, monkeypatch, django_capture_on_commit_callbacks
):
    job_kind()
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("test.work", {})
    job.refresh_from_db()
    assert (job.state, job.sent_at) == (JobState.QUEUED, None)
    assert services.sweep() == 0

    monkeypatch.setattr("portal.jobs.services.send", lambda job_id: services.run(job_id) is None)
    assert services.sweep() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_lost_message_is_sent_again_ever_more_seldom(job_kind, sent):
    job_kind()
    job = services.enqueue("test.work", {})
    rows = Job.objects.filter(pk=job.pk)
    assert services.sweep() == 0
    rows.update(sent_at=timezone.now() - timedelta(seconds=61))
    assert services.sweep() == 1
    rows.update(sent_at=timezone.now() - timedelta(seconds=61))
    assert services.sweep() == 0
    rows.update(sent_at=timezone.now() - timedelta(seconds=121))
    assert services.sweep() == 1


def test_a_stale_lease_is_taken_over_and_a_live_one_is_not(job_kind, sent):
    runs = []
    job_kind(lambda run: runs.append(run.job.attempts))
    stale, live = services.enqueue("test.work", {}), services.enqueue("test.work", {})
    silent_since(stale, 31)
    silent_since(live, 5)

    services.run(live.pk)
    assert runs == []
    assert services.sweep() == 1
    assert sent == [stale.pk]
    services.run(stale.pk)
    assert runs == [2]
    live.refresh_from_db()
    assert live.state == JobState.RUNNING


def test_a_job_whose_workers_keep_dying_fails_and_says_so(job_kind, sent):
    job_kind()
    job = services.enqueue("test.work", {})
    silent_since(job, 31)
    Job.objects.filter(pk=job.pk).update(attempts=3)

    services.sweep()

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "worker_lost")
    assert job.reason_fi
    assert job.reason_sv
    assert sent == []


def test_the_loser_of_a_lease_is_stopped_and_writes_nothing(job_kind, sent):
    caught = []

    def handler(run):
        silent_since(run.job, 31)
        for act in (
            lambda: run.progress(1, 2),
            lambda: run.add_file("a.txt", io.BytesIO(b"a"), "text/plain"),
        ):
            with pytest.raises(LeaseLost):
                act()
            caught.append(True)
        raise LeaseLost

    job_kind(handler)
    job = services.enqueue("test.work", {})
    services.run(job.pk)

    assert caught == [True, True]
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert not JobFile.objects.exists()
    assert storages["private"].listdir("jobs/" + str(job.public_id))[1] == []


def test_progress_is_written_at_once_then_seldom_and_at_the_end(
    job_kind, sent, django_assert_max_num_queries
):
    seen = []

    def handler(run):
        with django_assert_max_num_queries(3):
            for number in range(1000):
                run.progress(number, 1000, "counting")
        seen.append(Job.objects.get().done)
        run.progress(1000, 1000, "counting")
        seen.append(Job.objects.get().percent)

    job_kind(handler)
    services.run(services.enqueue("test.work", {}).pk)

    assert seen[0] < 1000
    assert seen[1] == 100


def test_an_error_is_tried_again_later_and_at_last_given_up_in_both_languages(job_kind, sent):
    def handler(run):
        raise OSError("disk of secret@example.fi")

    job_kind(handler, max_attempts=2)
    job = services.enqueue("test.work", {})

    services.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.QUEUED, "OSError")
    assert job.next_attempt_at > timezone.now()
    services.run(job.pk)
    assert Job.objects.get().attempts == 1

    Job.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
    services.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.reason_fi
    assert job.reason_sv
    assert "secret" not in job.reason_fi + job.error_code


def test_a_failure_with_a_reason_is_final_and_told_in_both_languages(job_kind, sent):
    def handler(run):
        raise JobFailed("no_population", gettext_lazy("Finnish"))

    job_kind(handler)
    job = services.enqueue("test.work", {})
    services.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "no_population")
    with override("fi"):
        assert job.reason == job.reason_fi
    with override("sv"):
        assert job.reason == job.reason_sv


def test_a_worker_told_to_stop_gives_its_job_back(job_kind, sent):
    def handler(run):
        raise SystemExit

    job_kind(handler)
    job = services.enqueue("test.work", {})
    with pytest.raises(SystemExit):
        services.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.sent_at) == (JobState.QUEUED, 0, None)


def test_a_failed_job_can_be_retried_and_a_running_one_cannot(job_kind, sent, django_user_model):
    outcomes = [JobFailed("first", lazystr("no")), None]

    def handler(run):
        outcome = outcomes.pop(0)
        if outcome:
            raise outcome

    job_kind(handler)
    actor = django_user_model.objects.create_user("official@example.fi")
    job = services.enqueue("test.work", {}, key="one")
    assert not services.retry(job)
    services.run(job.pk)

    assert services.retry(job, actor=actor)
    entry = Entry.objects.get(verb="job.retried")
    assert (entry.actor, entry.public_id) == (actor.public_id, str(job.public_id))
    services.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code, job.reason_fi) == (JobState.DONE, "", "")


def test_a_retry_gives_way_to_a_newer_job_of_the_same_key(job_kind, sent):
    job_kind()
    old = services.enqueue("test.work", {}, key="one")
    Job.objects.filter(pk=old.pk).update(state=JobState.FAILED)
    services.enqueue("test.work", {}, key="one")

    assert not services.retry(old)
    old.refresh_from_db()
    assert old.state == JobState.FAILED


def test_a_cancelled_job_stops_its_worker(job_kind, sent):
    def handler(run):
        assert services.cancel(run.job)
        with pytest.raises(LeaseLost):
            run.progress(1, 2)
        raise LeaseLost

    job_kind(handler)
    job = services.enqueue("test.work", {})
    services.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    services.run(job.pk)
    assert not services.cancel(job)
    assert Entry.objects.filter(verb="job.cancelled").count() == 1


def test_a_file_is_kept_privately_with_its_hash_and_replaced_by_name(job_kind, sent, tmp_path):
    source = tmp_path / "raportti.csv"
    source.write_bytes("ä;ö\n".encode())

    def handler(run):
        run.add_file("Kuuleminen å.csv", io.BytesIO(b"old"), "text/csv", "fi")
        run.add_file("Kuuleminen å.csv", source, "text/csv", "fi")

    job_kind(handler)
    job = services.enqueue("test.work", {})
    services.run(job.pk)

    file = JobFile.objects.get()
    assert (file.name, file.size, file.language) == ("Kuuleminen å.csv", 6, "fi")
    assert len(file.sha256) == 64
    assert file.file.read().decode() == "ä;ö\n"
    file.file.close()
    assert file.file.name.isascii()
    with pytest.raises(ValueError, match="private"):
        _ = file.file.url


def test_withdrawn_files_lose_their_bytes_and_keep_their_hash(
    job_kind, sent, django_capture_on_commit_callbacks
):
    job_kind(lambda run: run.add_file("a.csv", io.BytesIO(b"a"), "text/csv"))
    job = services.enqueue("test.work", {})
    services.run(job.pk)

    with django_capture_on_commit_callbacks(execute=True):
        assert services.withdraw_files(job) == 1

    file = JobFile.objects.get()
    assert file.is_withdrawn
    assert len(file.sha256) == 64
    assert not storages["private"].exists(file.file.name)
    assert services.withdraw_files(job) == 0
    assert Entry.objects.filter(verb="job.files_withdrawn").count() == 1


def test_finished_jobs_of_unlisted_kinds_go_and_history_stays(job_kind, sent):
    job_kind()
    job_kind(name="test.quiet", listed=False)
    for kind in ("test.work", "test.quiet"):
        Job.objects.create(
            kind=kind, state=JobState.DONE, finished_at=timezone.now() - timedelta(days=8), key=kind
        )
    assert services.prune() == 1
    assert Job.objects.get().kind == "test.work"


@pytest.mark.django_db(transaction=True)
def test_many_workers_run_a_job_once(job_kind, sent):
    runs = []

    def handler(run):
        runs.append(threading.get_ident())
        time.sleep(0.2)

    job_kind(handler)
    job = services.enqueue("test.work", {})
    start = threading.Barrier(4)

    def worker():
        start.wait()
        services.run(job.pk)
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(runs) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_orders_of_one_key_from_many_threads_make_one_job(job_kind, sent):
    job_kind()
    start = threading.Barrier(6)
    made = []

    def order():
        start.wait()
        made.append(services.enqueue("test.work", {}, key="one").pk)
        connection.close()

    threads = [threading.Thread(target=order) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 1
    assert Job.objects.count() == 1
    assert sent == made[:1]


@pytest.mark.django_db(transaction=True)
def test_a_silent_handler_is_kept_alive_beside_its_work(job_kind, sent, settings):
    settings.JOB_LEASE_SECONDS = 1
    beats = []

    def handler(run):
        first = Job.objects.get().heartbeat_at
        time.sleep(0.8)
        beats.append(Job.objects.get().heartbeat_at > first)

    job_kind(handler)
    job = services.enqueue("test.work", {})
    services.run(job.pk, keep_alive=True)

    assert beats == [True]
    job.refresh_from_db()
    assert job.state == JobState.DONE
