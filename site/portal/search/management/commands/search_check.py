from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search.services import checking


class Command(BaseCommand):
    help = "Compares every search index with what it is made of; --repair mends what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *, repair: bool, **options: object) -> None:
        checked = checking.check(repair=repair)
        for index, found in checked.items():
            self.stdout.write(
                f"{index}: {found.compared} compared, {found}{', repaired' if repair and found else ''}"
            )
            for how, names in found.names.items():
                for name in names:
                    self.stdout.write(f"  {how}: {name}")
                if more := getattr(found, how) - len(names):
                    self.stdout.write(f"  {how}: and {more} more")
        if settings.SEARCH_URL and checking.SERVER not in checked:
            raise CommandError("the search server could not be compared: the log says why")
        if not repair and any(checked.values()):
            raise CommandError("the index differs: run search_check --repair")
