"""Backup of all that cannot be made again (database, public and private files) and its restoring.

A backup is a folder: `database.dump` (PostgreSQL) or `database.sqlite3`, `files/public/…`,
`files/private/…` and `manifest.json` with the SHA-256 of every file. The database is taken first: a file
written afterwards is one too many, while a row can never point at a file that the backup lacks. Caches and
the broker's messages are not kept: jobs that were waiting are sent again by beat.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import Storage, storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import portal

from .signals import restored

FORMAT = 1
MANIFEST = "manifest.json"
STORAGES = {"public": "default", "private": "private"}
DATABASE_FILES = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}
CHUNK = 1024 * 1024
TLS_VARIABLES = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


class BackupError(Exception):
    """A backup could not be made or will not be restored.

    The message says what is wrong and what would be right.
    """


@dataclass(frozen=True)
class Summary:
    folder: Path
    files: int
    bytes: int


def back_up(folder: Path) -> Summary:
    """Writes a backup into `folder`, which must be empty or not exist.

    The manifest last, as the sign that it is whole.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty: give a folder that is empty or does not exist yet")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _closed_to_others():
        return _write(folder)


@contextmanager
def _closed_to_others() -> Iterator[None]:
    """Every file and folder written is its owner's alone, whoever may enter the folder above."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _write(folder: Path) -> Summary:
    _dump_database(folder / _database_file())
    for name, alias in STORAGES.items():
        _copy_out(storages[alias], folder / "files" / name)
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    entries = [
        {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": _sha256(path)}
        for path in written
    ]
    manifest = {
        "format": FORMAT,
        "version": portal.__version__,
        "taken_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations()),
        "files": entries,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return Summary(folder, len(entries), sum(path.stat().st_size for path in written))


def restore(folder: Path, *, force: bool = False) -> Summary:
    """Puts a backup in place.

    Everything is verified before anything is touched; what is there is replaced only by `force`.
    """
    manifest = read_manifest(folder)
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"the backup is of {manifest['database']}, this installation runs on {connection.vendor}"
        )
    _verify(folder, manifest)
    _require_known_migrations(manifest)
    if not force:
        _require_empty()
    _load_database(folder / _database_file())
    for name, alias in STORAGES.items():
        _copy_in(folder / "files" / name, storages[alias])
    restored.send_robust(sender=None)
    return Summary(folder, len(manifest["files"]), sum(entry["bytes"] for entry in manifest["files"]))


def read_manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupError(
            f"{folder} has no {MANIFEST}: it is no backup, or one that was broken off"
        ) from None
    except ValueError as error:
        raise BackupError(f"{folder / MANIFEST} cannot be read: {error}") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(
            f"the backup has format {manifest.get('format')}, this version reads format {FORMAT}"
        )
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verify(folder: Path, manifest: dict) -> None:
    for entry in manifest["files"]:
        path = folder / entry["path"]
        if not path.resolve().is_relative_to(folder.resolve()):
            raise BackupError(f"{entry['path']} points outside the backup")
        if not path.is_file():
            raise BackupError(f"{entry['path']} is missing from the backup")
        if path.stat().st_size != entry["bytes"] or _sha256(path) != entry["sha256"]:
            raise BackupError(
                f"{entry['path']} is not what was backed up: its hash differs from the manifest's"
            )


def _require_known_migrations(manifest: dict) -> None:
    known = {".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := sorted(set(manifest["migrations"]) - known):
        raise BackupError(
            f"the backup was made by a newer version ({manifest['version']}): "
            f"this one ({portal.__version__}) does not know {unknown[0]}"
        )


def _require_empty() -> None:
    if tables := connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise BackupError(
            f"the database {name} is not empty ({len(tables)} tables): --force replaces what it holds"
        )


def _database_file() -> str:
    return DATABASE_FILES[connection.vendor]


def _dump_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    _run_postgresql(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def _load_database(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(source)
        copy.backup(connection.connection)
        copy.close()
        return
    connection.close()
    options = [
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
    ]
    name = connection.settings_dict["NAME"]
    _run_postgresql(["pg_restore", *options, f"--dbname={name}", str(source)])


def _run_postgresql(command: list[str]) -> None:
    """Runs PostgreSQL's own program; the password goes by the environment, where no process list shows it."""
    if shutil.which(command[0]) is None:
        raise BackupError(f"{command[0]} not found: install PostgreSQL's client programs (postgresql-client)")
    given = connection.settings_dict
    variables = {
        "PGHOST": given["HOST"],
        "PGPORT": str(given["PORT"]),
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
    }
    options = given.get("OPTIONS", {})
    variables |= {variable: options.get(name, "") for name, variable in TLS_VARIABLES.items()}
    environment = os.environ | {name: value for name, value in variables.items() if value}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise BackupError(f"{command[0]} failed: {result.stderr.strip()}")


def stored_files(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file's name in a storage, local or S3-compatible."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from stored_files(storage, f"{folder}{name}/")


def _copy_out(storage: Storage, target: Path) -> None:
    for name in stored_files(storage):
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with storage.open(name) as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy, CHUNK)


def _copy_in(source: Path, storage: Storage) -> None:
    """The storage holds the backup's files afterwards and no others."""
    wanted = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    for name in [*stored_files(storage)]:
        storage.delete(name)
    for name in sorted(wanted):
        with (source / name).open("rb") as file:
            saved = storage.save(name, file)
        if saved != name:
            raise BackupError(f"{name} was stored as {saved}: is another process writing files?")
