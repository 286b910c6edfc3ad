"""The report of a hearing from the command line: the same services as in the administration."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from participation.processes.models import Participation
from participation.processes.services.pages import page_models
from participation.reports.files import FORMATS, LANGUAGES
from participation.reports.models import Report
from participation.reports.services import make_to_folder, request_report


class Command(BaseCommand):
    help = "Make the report of a hearing into a folder and print the files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hearing", help="public id, or slug of either language")
        parser.add_argument("--language", action="append", choices=LANGUAGES, help="default: both")
        parser.add_argument("--format", action="append", choices=[*FORMATS, "all"], help="default: all")
        parser.add_argument("--output", required=True, type=Path, metavar="DIR")
        parser.add_argument("--snapshot", default="", metavar="SHA256", help="make from this stored snapshot")

    def handle(self, *args: Any, **options: Any) -> None:
        languages = options["language"] or list(LANGUAGES)
        formats = options["format"] or ["all"]
        formats = list(FORMATS) if "all" in formats else formats
        participation = find(options["hearing"])
        report = (
            stored(participation, options["snapshot"], languages, formats)
            if options["snapshot"]
            else request_report(
                participation=participation, languages=languages, formats=formats, queued=False
            )
        )
        options["output"].mkdir(parents=True, exist_ok=True)
        with tqdm(total=1, disable=not options["verbosity"], leave=False) as bar:

            def pulse(done: int, total: int) -> None:
                bar.total, bar.n = total, done
                bar.refresh()

            for path in make_to_folder(report, options["output"], pulse):
                bar.clear()
                self.stdout.write(str(path))
        self.stdout.write(f"SHA-256 {report.sha256}")


def find(name: str) -> Participation:
    """By public id, or by the slug of a page in either language."""
    try:
        return Participation.objects.get(public_id=UUID(name))
    except ValueError:
        pass
    except Participation.DoesNotExist:
        raise CommandError(f"No participation has the public id {name}.") from None
    keys = {
        key
        for model in page_models()
        for key in model.objects.filter(slug=name).values_list("translation_key", flat=True)
    }
    if len(keys) != 1:
        found = "several pages have" if keys else "no page has"
        raise CommandError(f"{name}: {found} that slug; give the public id of the hearing.")
    return Participation.objects.get(translation_key=keys.pop())


def stored(participation: Participation, sha256: str, languages: list[str], formats: list[str]) -> Report:
    """The report that keeps the snapshot, for making files again; nothing of it is changed."""
    reports = Report.objects.filter(
        participation=participation, sha256__startswith=sha256, superseded_at=None
    )
    report = reports.exclude(snapshot="").first()
    if report is None:
        raise CommandError(
            f"No stored snapshot {sha256} of this hearing: it was never taken, or it was withdrawn."
        )
    report.languages, report.formats = languages, formats
    return report
