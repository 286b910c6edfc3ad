"""Rate limits counted in the database: one statement, right under concurrency on both engines."""

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone

from .keyed_hash import keyed_hash
from .models import LimitWindow


def hit(scope: str, key: str, window_seconds: int) -> int:
    """Counts one more in the present window and returns the count; the key is kept only as a keyed hash.

    Within a transaction the count lives and dies with it, and on PostgreSQL others of the same key wait for
    its end: take limits in the same order everywhere (device before address) and late.
    """
    window = int(timezone.now().timestamp()) // window_seconds
    ends = datetime.fromtimestamp((window + 1) * window_seconds, UTC)
    table = connection.ops.quote_name(LimitWindow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, count, expires_at) VALUES (%s, 1, %s)"
            f" ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [
                keyed_hash("limit", scope, key, str(window_seconds), str(window)),
                connection.ops.adapt_datetimefield_value(ends),
            ],
        )
        return int(cursor.fetchone()[0])


def clean() -> int:
    """Deletes the windows that have ended."""
    return LimitWindow.objects.filter(expires_at__lt=timezone.now()).delete()[0]
