"""The hash chain over the audit log, and its checking.

Each seal covers a run of entries in order of id: SHA-256 over the previous seal's digest and the canonical
lines of the entries. The digest is also logged, so that it lives outside the database too.
"""

import hashlib
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from .models import Entry, Seal

logger = logging.getLogger(__name__)
BATCH = 10_000
GENESIS = "0" * 64


def digest_of(previous: str, entries: Iterable[Entry]) -> tuple[str, int]:
    chain = hashlib.sha256(previous.encode())
    count = 0
    for entry in entries:
        chain.update(entry.canonical().encode())
        count += 1
    return chain.hexdigest(), count


def seal(*, patience_seconds: float = 5) -> int:
    """Seals what is surely committed and not yet sealed; returns how many entries were sealed.

    Two sealers at once: the chain cannot fork, the later one gives way.
    """
    bound = committed_bound(patience_seconds=patience_seconds)
    sealed = 0
    while True:
        last = Seal.objects.order_by("-id").first()
        after = last.last_entry if last else 0
        entries = list(Entry.objects.filter(id__gt=after, id__lte=bound).order_by("id")[:BATCH])
        if not entries:
            return sealed
        digest, count = digest_of(last.digest if last else GENESIS, entries)
        try:
            with transaction.atomic():
                Seal.objects.create(
                    previous=last,
                    first_entry=entries[0].pk,
                    last_entry=entries[-1].pk,
                    entries=count,
                    digest=digest,
                )
        except IntegrityError:
            return sealed
        logger.info("audit entries %d-%d sealed: %s", entries[0].pk, entries[-1].pk, digest)
        sealed += count


def committed_bound(*, patience_seconds: float) -> int:
    """The highest id below which no entry can still appear.

    On PostgreSQL ids are given before the commit, so a lower one may turn up later. Whoever holds such an id
    took the table's ROW EXCLUSIVE lock before taking it: once every holder seen after reading the highest
    visible id has ended, nothing below that id is open. Writers are never made to wait. SQLite writes one
    transaction at a time, so the highest visible id is the bound.
    """
    bound = Entry.objects.aggregate(bound=Max("id"))["bound"] or 0
    if connection.vendor != "postgresql":
        return bound
    writers = _open_writers()
    deadline = time.monotonic() + patience_seconds
    while writers:
        if time.monotonic() >= deadline:
            last = Seal.objects.aggregate(last=Max("last_entry"))["last"]
            return last or 0
        time.sleep(0.05)
        writers &= _open_writers()
    return bound


def _open_writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = %s::regclass
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND pid <> pg_backend_pid()
            """,
            [Entry._meta.db_table],
        )
        return {row[0] for row in cursor.fetchall()}


def log_head() -> None:
    """Once a day, whatever has happened: a log kept elsewhere then knows how far the chain had come.

    Without it, taking away the newest links and what they sealed would leave a chain that is whole.
    """
    head = Seal.objects.order_by("-id").first()
    if head is not None:
        logger.info("audit seal %d %s", head.pk, head.digest)


@dataclass
class Verification:
    """What checking the chain found; no problems means that nothing sealed was changed."""

    seals: int = 0
    sealed_entries: int = 0
    unsealed_entries: int = 0
    head: Seal | None = None
    problems: list[str] = field(default_factory=list)


def verify(*, known: tuple[int, str] | None = None) -> Verification:
    """Checks every link; `known` is the number and digest of a seal as a log of the service has it."""
    result = Verification()
    previous: Seal | None = None
    for link in Seal.objects.order_by("id").iterator():
        result.seals += 1
        if link.previous_id != (previous.pk if previous else None):
            result.problems.append(f"seal {link.pk} does not follow the one before it")
        after = previous.last_entry if previous else 0
        entries = Entry.objects.filter(id__gt=after, id__lte=link.last_entry).order_by("id")
        digest, count = digest_of(previous.digest if previous else GENESIS, entries.iterator())
        if (digest, count) != (link.digest, link.entries):
            result.problems.append(
                f"entries {link.first_entry}-{link.last_entry} are not what was sealed:"
                f" {count} entries, {link.entries} sealed"
            )
        result.sealed_entries += count
        previous = link
        result.head = link
        if known is not None and known == (link.pk, link.digest):
            known = None
    if known is not None:
        result.problems.append(f"seal {known[0]} is not there with the digest that was logged")
    result.unsealed_entries = Entry.objects.filter(id__gt=previous.last_entry if previous else 0).count()
    return result
