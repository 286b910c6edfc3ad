"""The processes of the portal, said once for the demo, the suite's production run and docker/compose.yaml.

Standard library only.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHONPATH = f"{ROOT / 'site'}:{ROOT}"

WEB = [
    "gunicorn",
    "portal.wsgi:application",
    "--worker-class",
    "gthread",
    "--threads",
    "4",
    "--no-control-socket",
]
WORKER = ["celery", "--app", "portal", "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
BEAT = ["celery", "--app", "portal", "beat", "--loglevel", "INFO"]

# What portal.settings.production refuses to start without.
PRODUCTION_VARIABLES = (
    "ALLOWED_HOSTS",
    "CELERY_BROKER_URL",
    "DATABASE_URL",
    "DJANGO_SECRET_KEY",
    "EMAIL_URL",
    "REDIS_URL",
    "SITE_URL",
)


def web(bind: str, workers: int = 2) -> list[str]:
    return [*WEB, "--bind", bind, "--workers", str(workers)]


def worker(concurrency: int = 2) -> list[str]:
    return [*WORKER, "--concurrency", str(concurrency)]


def beat(schedule: str) -> list[str]:
    return [*BEAT, "--schedule", schedule]
