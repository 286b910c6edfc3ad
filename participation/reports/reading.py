"""One moment of the database, read whole: nothing that happens during the reading is half in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections, transaction

SNAPSHOT_ALIAS = "snapshot"


@contextmanager
def frozen() -> Iterator[str]:
    """A read-only transaction that sees one moment; gives the database alias to read from.

    PostgreSQL: REPEATABLE READ. SQLite: a second connection whose transaction is DEFERRED, since the first
    one's are IMMEDIATE and would keep every writer waiting; a reader in WAL mode sees its first moment
    throughout. Inside a transaction that has begun already, that one is used.
    """
    alias = SNAPSHOT_ALIAS if SNAPSHOT_ALIAS in settings.DATABASES else "default"
    connection = connections[alias]
    nested = connection.in_atomic_block
    with transaction.atomic(using=alias):
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield alias
