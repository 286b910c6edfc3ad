"""Two questions of whoever runs the portal: is the process alive, and may it be sent visitors.

Only what every page needs (database, migrations) makes an instance not ready. Without the cache pages are
made anew, without the broker jobs wait for beat: both are told and keep nobody out. What works and what
does not is told to the machine itself; everybody else hears yes or no. Details go to the log.
"""

import logging
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection as BrokerConnection

logger = logging.getLogger(__name__)
BROKER_SECONDS = 1
_migrated = False


class NotReady(Exception):
    """A part does not do what it should; the message says what, for the log."""


def check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def check_migrations() -> None:
    """Once true it stays true for this process: reading the plan takes half a second."""
    global _migrated
    if _migrated:
        return
    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        waiting = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _backwards in plan[:5])
        raise NotReady(f"{len(plan)} migrations wait to be applied: {waiting}")
    _migrated = True


def check_cache() -> None:
    cache.set("health", "ready", 10)
    if cache.get("health") != "ready":
        raise NotReady("the cache does not give back what it was given")


def check_broker() -> None:
    options = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    with BrokerConnection(
        settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=BROKER_SECONDS
    ) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)


VITAL: dict[str, Callable[[], None]] = {"database": check_database, "migrations": check_migrations}
HELPFUL: dict[str, Callable[[], None]] = {"cache": check_cache, "broker": check_broker}


def _ask(checks: dict[str, Callable[[], None]]) -> dict[str, str]:
    answers = {}
    for name, check in checks.items():
        try:
            check()
            answers[name] = "ok"
        except Exception:
            logger.exception("health: %s failed", name)
            answers[name] = "failed"
    return answers


def _asks_itself(request: HttpRequest) -> bool:
    """Whether the question comes from this machine and no proxy on it has passed it on."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    vital, helpful = _ask(VITAL), _ask(HELPFUL)
    is_ready = "failed" not in vital.values()
    if not _asks_itself(request):
        return JsonResponse({"status": "ok" if is_ready else "failed"}, status=200 if is_ready else 503)
    status = "ok" if is_ready and "failed" not in helpful.values() else "degraded" if is_ready else "failed"
    return JsonResponse({"status": status, "checks": vital | helpful}, status=200 if is_ready else 503)
