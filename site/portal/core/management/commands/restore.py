from argparse import ArgumentParser
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.core import backup


class Command(BaseCommand):
    help = "Verifies a backup and puts it in place of an empty database (with --force: of any)."
    # A database to be restored has no tables to check yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--force", action="store_true", help="replace what the database and storages hold"
        )

    def handle(self, *, folder: Path, force: bool, **options: object) -> None:
        try:
            summary = backup.restore(folder, force=force)
        except backup.BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{summary.files} files, {summary.bytes} bytes restored from {summary.folder}")
        if self._is_behind():
            self.stdout.write("Run migrate and run_daily next: this version is newer than the backup's.")
            return
        # The backup may hold what has been erased since, or was about to be.
        call_command("run_daily", stdout=self.stdout)

    def _is_behind(self) -> bool:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
