import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ...demo.loader import SiteNotEmpty, load_demo
from ...demo.people import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Fills an empty site with the demonstration: an invented authority in Finnish and Swedish."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=dt.date.fromisoformat, help="day that times are counted from (YYYY-MM-DD)"
        )
        parser.add_argument("--print-logins", action="store_true", help="print one login per role")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["today"] and options["today"] > timezone.localdate():
            raise CommandError(f"--today {options['today']} is in the future; give today or an earlier day")
        try:
            loaded = load_demo(options["today"])
        except SiteNotEmpty as error:
            raise CommandError(str(error)) from error
        if options["print_logins"]:
            self._print_logins()
        elif options["verbosity"]:
            self.stdout.write(
                "The demonstration was loaded." if loaded else "The demonstration is there already."
            )

    def _print_logins(self) -> None:
        width = max(len(login.email) for login in LOGINS)
        for login in LOGINS:
            self.stdout.write(f"{login.key:<14} {login.email:<{width}}  {PASSWORD}")
