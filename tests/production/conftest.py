"""The portal as it runs in production: gunicorn, one worker and beat as processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import global_settings

from scripts import processes, services
from tests.production.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
SITE = "https://osallistu.example.fi"


@dataclass
class Running:
    port: int
    logs: Path
    started: dict[str, subprocess.Popen] = field(default_factory=dict)

    def visitor(self) -> Visitor:
        return Visitor(self.port, SITE)

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(errors="replace")


@pytest.fixture
def production_variables(on_postgresql, transactional_db, redis_url, broker_url, tmp_path) -> dict[str, str]:
    """What docker/compose.yaml gives, with the suite's own servers and the test's database."""
    from django.db import connection

    given = connection.settings_dict
    account = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return {
        "ALLOWED_HOSTS": "osallistu.example.fi",
        "CELERY_BROKER_URL": broker_url,
        "DATABASE_URL": f"postgres://{account}@{given['HOST']}:{given['PORT']}/{given['NAME']}",
        "DJANGO_SECRET_KEY": "production-run-k9Zt4vQ1xW7mB3nR8pL2sF6hJ0dG5cYaUeTiOqVz",
        "REDIS_URL": redis_url,
        "SITE_URL": SITE,
        "DJANGO_SETTINGS_MODULE": "portal.settings.production",
        "DATA_DIR": str(tmp_path / "data"),
        "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}",
        "DEFAULT_FROM_EMAIL": "noreply@example.fi",
        "TRUSTED_PROXIES": "1",
        "PYTHONPATH": processes.PYTHONPATH,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.fixture
def production_passwords(settings) -> None:
    """Hashes as production makes and accepts them; the suite's own fast ones are refused there."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS


@pytest.fixture
def portal_running(production_variables, production_passwords, tmp_path) -> Iterator[Running]:
    assert set(processes.PRODUCTION_VARIABLES) <= set(production_variables)
    for name in ("data", "logs", "mail"):
        (tmp_path / name).mkdir()
    environment = production_variables | {"HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    running = Running(services.free_port(), tmp_path / "logs")
    commands = {
        "web": processes.web(f"127.0.0.1:{running.port}", workers=1),
        "worker": processes.worker(),
        "beat": processes.beat(str(tmp_path / "data" / "beat-schedule")),
    }
    try:
        for name, command in commands.items():
            with (running.logs / f"{name}.log").open("wb") as log:
                running.started[name] = subprocess.Popen(
                    command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
                )
        services.wait_until(lambda: services.accepts_connections(running.port), "the web server")
        yield running
    finally:
        for process in running.started.values():
            services.stop(process)
        for name in running.started:
            print(f"--- {name} ---\n{running.log(name)[-6000:]}")  # noqa: T201
