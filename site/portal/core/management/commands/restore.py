from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

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
        self.stdout.write("Run migrate next if this version is newer than the backup's.")
