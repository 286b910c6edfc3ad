"""The wheel and the checkout hold what runs: the packages, their templates, styles, data and catalogues."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IN_WHEEL = (
    "portal/__init__.py",
    "portal/urls.py",
    "portal/settings/production.py",
    "portal/core/data/municipalities.csv",
    "portal/static/build/portal.css",
    "portal/locale/fi/LC_MESSAGES/django.mo",
    "portal/locale/sv/LC_MESSAGES/django.mo",
    "portal/locale/libraries/fi/LC_MESSAGES/django.mo",
    "portal/locale/libraries/fi/LC_MESSAGES/djangojs.mo",
    "portal/locale/libraries/sv/LC_MESSAGES/django.mo",
    "portal/locale/libraries/sv/LC_MESSAGES/djangojs.mo",
    "participation/__init__.py",
    "participation/hearings/models/__init__.py",
    "budgeting/counting/__main__.py",
)
IN_CHECKOUT = (
    "site/portal/__init__.py",
    "participation/__init__.py",
    "manage.py",
    "locale/fi/LC_MESSAGES/django.po",
    "locale/libraries/fi/LC_MESSAGES/django.po",
)
NOT_IN_WHEEL = (".scss", ".po~", ".sqlite3")


def tracked_files() -> set[str]:
    """What a clone holds; empty outside a checkout."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        return set()
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.split("\0"))


def build_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RuntimeError(result.stdout + result.stderr)
    return next(folder.glob("*.whl"))


def check_wheel() -> list[str]:
    tracked = tracked_files()
    problems = [f"the checkout lacks {name}" for name in IN_CHECKOUT if tracked and name not in tracked]
    # Every template and data file of a package that git knows must be in the wheel as well.
    expected = {
        name.removeprefix("site/")
        for name in tracked
        if name.startswith(("site/portal/", "participation/", "budgeting/")) and "/static_src/" not in name
    }
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = build_wheel(Path(folder))
        except RuntimeError as error:
            return [*problems, f"the wheel could not be built: {error}"]
        names = set(zipfile.ZipFile(wheel).namelist())
    problems += [f"the wheel lacks {name}" for name in sorted({*IN_WHEEL, *expected} - names)]
    problems += [f"the wheel holds {name}" for name in sorted(names) if name.endswith(NOT_IN_WHEEL)]
    return problems
