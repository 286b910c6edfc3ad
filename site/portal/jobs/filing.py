"""Bytes of job files in private storage: a stored name says nothing, the row knows the readable one."""

import hashlib
import logging
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction

from .models import Job

logger = logging.getLogger(__name__)
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Stored:
    path: str
    size: int
    sha256: str


def store(job: Job, name: str, source: str | Path | IO[bytes]) -> Stored:
    """Copies the source into storage; a stream is read from its beginning."""
    if isinstance(source, str | Path):
        with open(source, "rb") as stream:
            return store(job, name, stream)
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    source.seek(0)
    target = f"jobs/{job.public_id}/{uuid.uuid4().hex}{PurePath(name).suffix[:12]}"
    path = storages["private"].save(target, File(source))
    return Stored(path, size, digest.hexdigest())


def discard(path: str) -> None:
    try:
        storages["private"].delete(path)
    except Exception:
        logger.exception("a file without a row could not be deleted from private storage")


def delete_on_commit(path: str) -> None:
    transaction.on_commit(lambda: discard(path), robust=True)
