"""Rate limits counted in the database: one statement, right under concurrency on both engines."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import connection
from django.db.models import F
from django.utils import timezone

from .keyed_hash import keyed_hash
from .models import LimitWindow


def hit(scope: str, key: str, window_seconds: int) -> int:
    """Counts one more in the present window and returns the count; the key is kept only as a keyed hash.

    Within a transaction the count lives and dies with it, and on PostgreSQL others of the same key wait for
    its end: take limits in the same order everywhere (device before address) and late.
    """
    return hit_each([(scope, key)], window_seconds)[0]


def hit_each(counted: Sequence[tuple[str, str]], window_seconds: int) -> list[int]:
    """As `hit` for several scopes and keys, all different, in one statement; counts in the order given."""
    window = _window(window_seconds)
    ends = datetime.fromtimestamp((window + 1) * window_seconds, UTC)
    table = connection.ops.quote_name(LimitWindow._meta.db_table)
    keys = [_row_key(scope, key, window_seconds) for scope, key in counted]
    rows = ", ".join(["(%s, 1, %s)"] * len(keys))
    moment = connection.ops.adapt_datetimefield_value(ends)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, count, expires_at) VALUES {rows}"
            f" ON CONFLICT (key) DO UPDATE SET count = {table}.count + 1 RETURNING key, count",
            [value for key in keys for value in (key, moment)],
        )
        found = dict(cursor.fetchall())
    return [int(found[key]) for key in keys]


def take_back(scope: str, key: str, window_seconds: int, *, everything: bool = False) -> None:
    """Undoes one hit of the present window, or all of them."""
    rows = LimitWindow.objects.filter(key=_row_key(scope, key, window_seconds), count__gt=0)
    rows.update(count=0 if everything else F("count") - 1)


def _window(seconds: int) -> int:
    return int(timezone.now().timestamp()) // seconds


def _row_key(scope: str, key: str, window_seconds: int) -> str:
    return keyed_hash("limit", scope, key, str(window_seconds), str(_window(window_seconds)))


def clean() -> int:
    """Deletes the windows that have ended."""
    return LimitWindow.objects.filter(expires_at__lt=timezone.now()).delete()[0]
