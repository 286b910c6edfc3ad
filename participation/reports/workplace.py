"""Where a report is made: a folder of its own, gone when the work ends, however it ends."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "report-"
UNLOCKED_PREFIX = "new-report-"


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder locked while its process lives; folders of processes that were killed are removed first.

    They hold the texts and backgrounds of contributions, and nobody else would ever remove them. The folder
    gets its name only once it is locked, so that nobody takes it for one of those.
    """
    top = Path(tempfile.gettempdir())
    remove_abandoned(top)
    made = Path(tempfile.mkdtemp(prefix=UNLOCKED_PREFIX))
    lock = os.open(made, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = made.rename(top / f"{PREFIX}{made.name.removeprefix(UNLOCKED_PREFIX)}")
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def remove_abandoned(top: Path) -> None:
    for folder in top.glob(f"{PREFIX}*"):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(lock)
