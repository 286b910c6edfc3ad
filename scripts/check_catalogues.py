"""The catalogues hold every text of code and templates, each translated, and nothing else."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("fi", "sv")
SOURCES = ("manage.py", "site", "participation", "locale")
LISTED = 15


def catalogue(root: Path, language: str) -> polib.POFile:
    return polib.pofile(str(root / "locale" / language / "LC_MESSAGES" / "django.po"))


def run_makemessages(root: Path, program: list[str], languages: Iterable[str], settings: str) -> None:
    command = [*program, "makemessages", "--no-wrap", "--no-obsolete", "--add-location", "file"]
    for language in languages:
        command += ["--locale", language]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": ""}
    result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"makemessages failed: {result.stderr.strip()[-2000:]}")


def extract(root: Path) -> None:
    """Runs makemessages over the checkout at `root`, from its root as Django wants."""
    run_makemessages(root, [sys.executable, "manage.py"], LANGUAGES, "portal.settings.dev")


def _listed(texts: list[str]) -> str:
    more = f"\n    … and {len(texts) - LISTED} more" if len(texts) > LISTED else ""
    return "".join(f"\n    {text!r}" for text in texts[:LISTED]) + more


def _keys(file: polib.POFile) -> dict[tuple, str]:
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry.msgid for entry in file if not entry.obsolete
    }


def compare(committed: polib.POFile, extracted: polib.POFile, language: str) -> list[str]:
    has, needs = _keys(committed), _keys(extracted)
    problems = []
    if missing := sorted(needs[key] for key in needs.keys() - has.keys()):
        problems.append(
            f"{language}: {len(missing)} texts are not in the catalogue (make messages):{_listed(missing)}"
        )
    if stale := sorted(has[key] for key in has.keys() - needs.keys()):
        problems.append(f"{language}: {len(stale)} texts are no longer used (make messages):{_listed(stale)}")
    if untranslated := sorted(entry.msgid for entry in committed.untranslated_entries()):
        problems.append(f"{language}: {len(untranslated)} texts are not translated:{_listed(untranslated)}")
    if fuzzy := sorted(entry.msgid for entry in committed.fuzzy_entries()):
        problems.append(f"{language}: {len(fuzzy)} translations are fuzzy:{_listed(fuzzy)}")
    return problems


def broken_formats(path: Path) -> list[str]:
    """A translation whose placeholders are not its text's breaks the page that shows it."""
    command = ["msgfmt", "--check-format", "--output-file", os.devnull, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if result.returncode == 0 else [result.stderr.strip()]


def check_catalogues() -> list[str]:
    if shutil.which("xgettext") is None:
        return [
            "xgettext not found (Debian package gettext): the catalogues cannot be compared with the code"
        ]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        ignored = shutil.ignore_patterns("__pycache__", "build", "*.mo", "static_src")
        for name in SOURCES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=ignored)
            else:
                shutil.copy(ROOT / name, copy / name)
        try:
            extract(copy)
        except RuntimeError as error:
            return [str(error)]
        problems = [
            problem
            for language in LANGUAGES
            for problem in compare(catalogue(ROOT, language), catalogue(copy, language), language)
        ]
    for path in sorted((ROOT / "locale").glob("**/LC_MESSAGES/*.po")):
        problems += broken_formats(path)
    return problems
