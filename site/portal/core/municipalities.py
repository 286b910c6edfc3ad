"""The municipalities that come with the platform: codes of Statistics Finland, names in both languages."""

import csv
from pathlib import Path

from django.db import transaction

from .models import Municipality
from .page_cache import purge_on_commit

FILE = Path(__file__).parent / "data" / "municipalities.csv"


class FileError(ValueError):
    """The file is no list of municipalities; the message says where and what would be right."""


@transaction.atomic
def load(path: Path = FILE) -> tuple[dict[str, Municipality], int]:
    """The municipalities of a file by code, and how many of them are new; names staff have changed stay.

    The file is UTF-8 with semicolons and the columns code (three digits), name_fi and name_sv.
    """
    found: dict[str, Municipality] = {}
    added = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        missing = {"code", "name_fi", "name_sv"} - set(rows.fieldnames or ())
        if missing:
            raise FileError(f"{path.name}: the first line lacks {', '.join(sorted(missing))}")
        for row in rows:
            code, names = row["code"] or "", {key: row[key] or "" for key in ("name_fi", "name_sv")}
            if not (len(code) == 3 and code.isdecimal() and all(names.values())):
                raise FileError(
                    f"{path.name}, line {rows.line_num}: “{code}” must be three digits and have both names"
                )
            found[code], created = Municipality.objects.get_or_create(code=code, defaults=names)
            added += created
    purge_on_commit()
    return found, added
