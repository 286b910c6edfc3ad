"""Steps of a report as processes of their own, with what they took."""

import csv
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from . import made_up

MEASURE = """
import resource, runpy, sys
from pathlib import Path
{code}
status = Path("/proc/self/status").read_text()
taken = resource.getrusage(resource.RUSAGE_SELF)
print(int(status.split("VmHWM:")[1].split()[0]) / 1024, taken.ru_utime + taken.ru_stime, file=sys.stderr)
"""
CHILD = 'runpy.run_module("participation.reports.child", run_name="__main__")'


@dataclass(frozen=True)
class Taken:
    """Peak of resident memory in MB; seconds of processor and of the clock; what it printed."""

    megabytes: float
    processor: float
    clock: float
    said: str


def measured(code: str, given: str) -> Taken:
    begun = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE.format(code=code)],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parents[3],
    )
    megabytes, processor = ran.stderr.strip().splitlines()[-1].split()
    return Taken(float(megabytes), float(processor), time.monotonic() - begun, ran.stdout)


def step(snapshot: Path, folder: Path, target: str, **order) -> Taken:
    given = {
        **order,
        "parent": os.getpid(),
        "snapshot": str(snapshot),
        "folder": str(folder),
        "target": str(folder / target),
        "import_paths": sys.path,
        "locale_paths": [str(path) for path in settings.LOCALE_PATHS],
    }
    return measured(CHILD, json.dumps(given))


def file(snapshot: Path, folder: Path, kind: str, language: str = "sv", volume: int = 0) -> Taken:
    target = f"{language}-{volume}.{kind}"
    return step(snapshot, folder, target, step="file", language=language, format=kind, volume=volume)


def real_rows(count: int) -> list[dict]:
    """Rows with real comments where REAL_DATA names their folder, made-up ones otherwise; read, never
    kept.
    """
    made = made_up.rows(count)
    folder = os.environ.get("REAL_DATA")
    if folder:
        path = Path(folder) / "comments" / "yle2015-comments.tsv"
        with path.open(encoding="utf-8", newline="") as source:
            comments = list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
        for row, n in zip(made, range(count), strict=True):
            comment = comments[n % len(comments)]
            if row["state"] != "hidden":
                row["text"] = comment["text"]
            row["language"] = comment["language"] if comment["language"] in ("fi", "sv") else "other"
            row["writer"] = int(comment["author"])
    return made
