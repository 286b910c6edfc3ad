from django.core.management.base import BaseCommand, CommandError

from portal.jobs import schedule


class Command(BaseCommand):
    help = "Does the work of the night now: erases what has been kept as long as it may."

    def handle(self, **options: object) -> None:
        if stopped := schedule.run_daily():
            raise CommandError(f"stopped at an error, see the log: {', '.join(stopped)}")
        self.stdout.write("What had been kept as long as it may is erased.")
