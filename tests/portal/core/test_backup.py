"""The restore drill: what was backed up is what stands there afterwards, on both databases."""

import json
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from participation.hearings.models import Comment
from portal.audit import services as audit
from portal.core import backup
from portal.core.management.commands import restore
from portal.jobs import schedule
from portal.search.services import server
from tests.factories.hearings import CommentFactory

NAMES = {"public": "images/joki å.txt", "private": "reports/2026/selvitys.ndjson"}


@pytest.fixture
def files():
    """A file in each storage, and no others."""
    for alias in backup.STORAGES.values():
        for name in [*backup.stored_files(storages[alias])]:
            storages[alias].delete(name)
    for name, alias in backup.STORAGES.items():
        storages[alias].save(NAMES[name], BytesIO(f"{name} ääni röst".encode()))


@pytest.fixture
def resident(transactional_db):
    return get_user_model().objects.create(email="resident@example.fi")


@pytest.fixture
def move_to_empty_database(transactional_db, tmp_path):
    """Call it, and Django's connection leads to an empty database until the test ends."""
    own = connection.settings_dict["NAME"]
    other = str(tmp_path / "other.sqlite3") if connection.vendor == "sqlite" else f"{own}_other"

    def lead_to(name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    def move() -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{other}"')
        lead_to(other)

    yield move
    lead_to(own)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')


def counts() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.both
def test_a_backup_restored_elsewhere_holds_the_same(tmp_path, files, resident, move_to_empty_database):
    summary = backup.back_up(tmp_path / "backup")
    assert summary.files == 3
    before = counts()
    for name, alias in backup.STORAGES.items():
        storages[alias].delete(NAMES[name])
    storages["private"].save("late.txt", BytesIO(b"written after the backup"))

    move_to_empty_database()
    assert counts() == {}
    backup.restore(tmp_path / "backup")

    assert counts() == before
    assert get_user_model().objects.get().email == resident.email
    for name, alias in backup.STORAGES.items():
        assert [*backup.stored_files(storages[alias])] == [NAMES[name]]
        with storages[alias].open(NAMES[name]) as file:
            assert file.read() == f"{name} ääni röst".encode()
    call_command("migrate", check_unapplied=True)


@pytest.mark.both
def test_the_commands_replace_a_database_only_by_force(tmp_path, files, resident):
    folder, said = tmp_path / "backup", StringIO()
    call_command("backup", str(folder), stdout=said)
    assert "3 files" in said.getvalue()
    get_user_model().objects.all().delete()

    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", str(folder))
    assert not get_user_model().objects.exists()

    call_command("restore", str(folder), force=True, stdout=said)
    assert get_user_model().objects.get().email == resident.email
    audit.record(verb="backup.tried")
    with pytest.raises(DatabaseError, match="insert-only"):
        connection.cursor().execute("DELETE FROM portal_audit_entry")


@pytest.mark.both
def test_what_was_to_be_erased_meanwhile_is_erased_with_the_restoring(
    tmp_path, files, transactional_db, settings
):
    comment = CommentFactory(withdrawn=True, original_text="Kanarialintu")
    Comment.objects.update(left_at=timezone.now() - timedelta(days=settings.REMOVED_TEXT_DAYS - 1))
    backup.back_up(tmp_path / "backup")
    said = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        call_command("restore", str(tmp_path / "backup"), force=True, stdout=said)
    comment = Comment.objects.get(pk=comment.pk)
    assert (comment.original_text, comment.destroyed_at is not None) == ("", True)
    assert "erased" in said.getvalue()


@pytest.mark.both
def test_the_search_server_is_filled_anew_after_restoring(tmp_path, files, transactional_db, settings):
    """It has seen what the backup has not."""
    settings.SEARCH_URL = "http://localhost:9200"
    server.filled()
    backup.back_up(tmp_path / "backup")
    call_command("restore", str(tmp_path / "backup"), force=True, stdout=StringIO())
    assert not server.is_filled(server.known())


@pytest.mark.both
def test_an_older_backup_is_brought_up_to_date_first(tmp_path, files, transactional_db, monkeypatch):
    backup.back_up(tmp_path / "backup")
    monkeypatch.setattr(restore.Command, "_is_behind", lambda self: True)
    monkeypatch.setattr(schedule, "run_daily", pytest.fail)
    said = StringIO()
    call_command("restore", str(tmp_path / "backup"), force=True, stdout=said)
    assert "Run migrate and run_daily next" in said.getvalue()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
class TestRefusals:
    @pytest.fixture
    def folder(self, tmp_path, files) -> Path:
        return backup.back_up(tmp_path / "backup").folder

    def test_a_folder_with_something_in_it(self, folder):
        with pytest.raises(backup.BackupError, match="is not empty"):
            backup.back_up(folder)

    def test_a_changed_file(self, folder):
        path = folder / "files" / "private" / NAMES["private"]
        path.write_bytes(path.read_bytes()[::-1])
        with pytest.raises(backup.BackupError, match="hash differs"):
            backup.restore(folder, force=True)

    def test_a_missing_file(self, folder):
        (folder / "files" / "public" / NAMES["public"]).unlink()
        with pytest.raises(backup.BackupError, match="missing"):
            backup.restore(folder, force=True)

    def test_a_folder_without_a_manifest(self, tmp_path):
        with pytest.raises(backup.BackupError, match="no backup, or one that was broken off"):
            backup.restore(tmp_path, force=True)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"format": 99}, "format 99"),
            ({"database": "oracle"}, "backup is of oracle"),
            ({"migrations": ["portal_core.9999_later"]}, "made by a newer version"),
            ({"files": [{"path": "../outside", "bytes": 1, "sha256": ""}]}, "outside the backup"),
        ],
    )
    def test_a_manifest_that_does_not_fit(self, folder, change, reason):
        path = folder / backup.MANIFEST
        path.write_text(json.dumps(json.loads(path.read_text()) | change))
        with pytest.raises(backup.BackupError, match=reason):
            backup.restore(folder, force=True)


def test_the_backup_is_closed_to_other_accounts(tmp_path, files, transactional_db):
    assert backup.back_up(tmp_path / "backup").folder.stat().st_mode & 0o077 == 0


def test_what_is_written_into_a_folder_that_others_may_enter_is_closed_to_them(
    tmp_path, files, transactional_db
):
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    backup.back_up(folder)
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))
