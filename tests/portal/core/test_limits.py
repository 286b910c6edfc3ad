import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from portal.core import limits
from portal.core.models import LimitWindow

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_each_hit_counts_one_more_per_scope_and_key():
    assert [limits.hit("comment", "device", 3600) for _ in range(3)] == [1, 2, 3]
    assert limits.hit("comment", "other device", 3600) == 1
    assert limits.hit("support", "device", 3600) == 1


def test_a_hit_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        limits.hit("comment", "device", 3600)
    with django_assert_num_queries(1):
        limits.hit("comment", "device", 3600)


def test_the_next_window_starts_from_nothing_and_old_ones_are_cleaned():
    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False) as traveller:
        limits.hit("comment", "device", 3600)
        traveller.shift(timedelta(hours=1))
        assert limits.hit("comment", "device", 3600) == 1
        traveller.shift(timedelta(minutes=30))
        assert limits.clean() == 1
        assert limits.hit("comment", "device", 3600) == 2


def test_the_key_cannot_be_read_from_the_table():
    limits.hit("comment", "192.0.2.7", 3600)

    row = LimitWindow.objects.get()
    assert "192" not in row.key
    assert len(row.key) == 64
    assert row.expires_at > timezone.now()


def test_a_hit_is_undone_with_its_transaction():
    @transaction.atomic
    def stopped():
        limits.hit("comment", "device", 3600)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()

    assert limits.hit("comment", "device", 3600) == 1


@pytest.mark.django_db(transaction=True)
def test_hits_of_many_threads_are_all_counted():
    counts = []

    def hits():
        for _ in range(10):
            with transaction.atomic():
                counts.append(limits.hit("comment", "device", 36_000))
        connection.close()

    threads = [threading.Thread(target=hits) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == list(range(1, 41))
