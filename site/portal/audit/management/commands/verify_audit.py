from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.audit.services import verify


class Command(BaseCommand):
    help = "Checks the audit log against its hash chain; exits with an error if anything sealed was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        result = verify()
        for problem in result.problems:
            self.stderr.write(problem)
        self.stdout.write(
            f"{result.seals} seals over {result.sealed_entries} entries,"
            f" {result.unsealed_entries} entries not sealed yet"
        )
        if result.problems:
            raise CommandError(f"the audit log was changed: {len(result.problems)} problems")
