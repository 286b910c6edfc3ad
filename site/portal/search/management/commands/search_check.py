from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search.services import checking


class Command(BaseCommand):
    help = "Compares every search index with what it is made of; --repair mends what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *, repair: bool, **options: object) -> None:
        rows = checking.check(repair=repair)
        for row in rows:
            self.stdout.write(
                f"{row.index}: {row.compared} compared, {row.missing} missing, {row.extra} extra, "
                f"{row.different} different{', repaired' if row.repaired else ''}"
            )
        if settings.SEARCH_URL and checking.SERVER not in {row.index for row in rows}:
            raise CommandError("the search server could not be compared: the log says why")
        if not repair and any(row.differences for row in rows):
            raise CommandError("the index differs: run search_check --repair")
