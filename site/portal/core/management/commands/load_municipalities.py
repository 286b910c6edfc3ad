from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.core import municipalities


class Command(BaseCommand):
    help = "Adds the municipalities of a file (those of Uusimaa by default); known ones stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=municipalities.FILE)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            found, added = municipalities.load(file)
        except (OSError, UnicodeDecodeError, municipalities.FileError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{added} municipalities added, {len(found) - added} known already")
