"""Only PostgreSQL gives out ids before the commit; SQLite writes one transaction at a time."""

import threading

import pytest
from django.db import connection, transaction

from portal.audit.services import record, seal, verify


@pytest.mark.django_db(transaction=True)
def test_an_entry_still_uncommitted_is_not_sealed_over(on_postgresql):
    """Ids are handed out before the commit: sealing waits for whoever holds a lower one."""
    written, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            record(verb="slow")
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    assert written.wait(10)
    record(verb="quick")

    assert seal(patience_seconds=0.2) == 0
    may_commit.set()
    thread.join()
    assert seal() == 2
    assert verify().problems == []
