from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.services import verify


class Command(BaseCommand):
    help = "Checks the audit log against its hash chain; exits with an error if anything sealed was changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known",
            nargs=2,
            metavar=("SEAL", "DIGEST"),
            help="a line “audit seal SEAL DIGEST” of an earlier log: that seal must still be there",
        )

    def handle(self, *args: Any, known: list[str] | None = None, **options: Any) -> None:
        if known and not known[0].isdecimal():
            raise CommandError(f"{known[0]}: give the number of the seal, then its digest")
        result = verify(known=(int(known[0]), known[1]) if known else None)
        for problem in result.problems:
            self.stderr.write(problem)
        self.stdout.write(
            f"{result.seals} seals over {result.sealed_entries} entries,"
            f" {result.unsealed_entries} entries not sealed yet"
        )
        if result.head is not None:
            self.stdout.write(f"audit seal {result.head.pk} {result.head.digest}")
        if result.problems:
            raise CommandError(f"the audit log was changed: {len(result.problems)} problems")
