"""What can be wrong without running a test: style, types, layers, catalogues, migrations, production, wheel.

python -m scripts.checks            all, each with its time; every failure is shown, not only the first
python -m scripts.checks mypy ruff  some
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scripts import processes
from scripts.check_catalogues import check_catalogues
from scripts.check_wheel import check_wheel

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
TEMPLATES = ("site/portal", "participation")
# Values of the right shape, so that production settings can be read; no server is asked.
PRODUCTION_EXAMPLE = {
    "ALLOWED_HOSTS": "osallistu.example.fi",
    "CELERY_BROKER_URL": "redis://localhost:6379/1",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "EMAIL_URL": "smtp+tls://user:password@localhost:587",
    "DJANGO_SECRET_KEY": "k9Zt4vQ1xW7mB3nR8pL2sF6hJ0dG5cYaUeTiOqVzXbMwNrKjHgPlSfDy",
    "REDIS_URL": "redis://localhost:6379/0",
    "SITE_URL": "https://osallistu.example.fi",
}
Problems = list[str]


def command(*arguments: str, variables: dict[str, str] | None = None) -> Problems:
    """The output of a program that was not content, else nothing."""
    result = subprocess.run(
        [str(BIN / arguments[0]), *arguments[1:]],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": processes.PYTHONPATH} | (variables or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if result.returncode == 0 else [(result.stdout + result.stderr).strip()]


def template_files() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for top in TEMPLATES for path in (ROOT / top).rglob("*.html"))


def check_templates() -> Problems:
    files = template_files()
    problems = command("djade", "--check", "--target-version", "5.2", *files)
    problems += command("djhtml", "--check", "--tabwidth", "2", *files)
    return problems + command("djlint", "--lint", "--quiet", *TEMPLATES)


def check_migrations() -> Problems:
    with tempfile.TemporaryDirectory() as folder:
        variables = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "TEST_DATA_DIR": folder}
        arguments = ("manage.py", "makemigrations", "--check", "--dry-run")
        return command("python", *arguments, variables=variables)


def check_production() -> Problems:
    with tempfile.TemporaryDirectory() as folder:
        variables = {"DJANGO_SETTINGS_MODULE": "portal.settings.production", "DATA_DIR": folder}
        arguments = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
        return command("python", *arguments, variables=variables | PRODUCTION_EXAMPLE)


def check_texts() -> Problems:
    """Ours, and those that libraries lack."""
    return check_catalogues() + command("python", "-m", "scripts.library_catalogues", "--check")


CHECKS: dict[str, Callable[[], Problems]] = {
    "ruff": lambda: command("ruff", "check", ".") + command("ruff", "format", "--check", "."),
    "templates": check_templates,
    "layers": lambda: command("lint-imports", "--no-logo", "--no-cache"),
    "mypy": lambda: command("mypy"),
    "migrations": check_migrations,
    "catalogues": check_texts,
    "production": check_production,
    "wheel": check_wheel,
}


def main(names: list[str]) -> int:
    unknown = set(names) - set(CHECKS)
    if unknown:
        print(
            f"No check is called {', '.join(sorted(unknown))}: there are {', '.join(CHECKS)}.",
            file=sys.stderr,
        )
        return 2
    failed = []
    for name in names or CHECKS:
        begun = time.monotonic()
        problems = CHECKS[name]()
        verdict = "FAILED" if problems else "ok"
        print(f"{name:<12}{verdict:<8}{time.monotonic() - begun:6.1f} s", flush=True)
        if problems:
            failed.append(name)
            print("\n".join(problems), flush=True)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
