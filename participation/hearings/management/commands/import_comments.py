from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from portal.accounts.models import User

from ...models import Hearing
from ...services.import_rows import COLUMNS, FileUnreadable
from ...services.importing import Imported, import_comments, rows_in
from ...services.sections_hearing import create_hearing_of_statements, find_hearing, read_statements

SHOWN_ROWS = 50


def mapping(value: str) -> tuple[str, str]:
    ours, equals, theirs = value.partition("=")
    if not equals or ours not in COLUMNS or not theirs:
        raise ArgumentTypeError(f"{value!r}: write NAME=COLUMN, where NAME is one of {', '.join(COLUMNS)}")
    return ours, theirs


class Command(BaseCommand):
    help = (
        "Import comments from a TSV or CSV file in UTF-8 into a hearing. Columns: "
        f"{', '.join(COLUMNS)}; only text is required. Importing the same file again adds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hearing", metavar="HEARING", help="public id, or slug of either language")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            type=mapping,
            metavar="NAME=COLUMN",
            help="the file's own name of a column, such as section=statement",
        )
        parser.add_argument(
            "--sections",
            type=Path,
            metavar="FILE",
            help="make the hearing, when there is none of that slug, with a section for each row of this "
            "table: the key in the first column, the text in columns that end in _fi or _sv",
        )
        parser.add_argument("--actor", metavar="EMAIL", help="on whose account this is logged")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        actor = self.actor(options["actor"])
        try:
            hearing = self.hearing(options, actor)
            with tqdm(
                total=sum(rows_in(path)), unit=" rows", disable=not options["verbosity"], leave=False
            ) as bar:
                result = import_comments(
                    hearing=hearing,
                    path=path,
                    columns=dict(options["map"]),
                    actor=actor,
                    tick=lambda count: bar.update(count) and None,
                )
        except (FileUnreadable, LookupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.tell(result)

    def actor(self, email: str | None) -> User | None:
        if not email:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the e-mail address {email}.")
        return user

    def hearing(self, options: dict[str, Any], actor: User | None) -> Hearing:
        name = options["hearing"]
        found = find_hearing(name)
        if found is not None:
            return found
        if options["sections"] is None:
            raise CommandError(f"No hearing, or several, have the public id or slug {name!r}.")
        statements = read_statements(options["sections"])
        return create_hearing_of_statements(slug=name, statements=statements, actor=actor)

    def tell(self, result: Imported) -> None:
        self.stdout.write(
            f"{result.added} added, {result.known} there already, {len(result.bad)} left out"
            + (f", {result.held} of the added wait for a moderator" if result.held else "")
        )
        for row in result.bad[:SHOWN_ROWS]:
            self.stderr.write(f"line {row.line}: {row.reason}")
        if len(result.bad) > SHOWN_ROWS:
            self.stderr.write(f"and {len(result.bad) - SHOWN_ROWS} more")
