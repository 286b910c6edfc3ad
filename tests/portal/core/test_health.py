import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder

from portal.core import health


def test_live_asks_nobody(client):
    response = client.get("/health/live")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-cache" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.both
@pytest.mark.django_db
def test_ready_says_which_parts_work(client):
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "cache": "ok", "broker": "ok"},
    }


@pytest.mark.django_db
def test_without_its_broker_the_site_still_takes_visitors(client, settings):
    settings.CELERY_BROKER_URL = "redis://:hidden-word@127.0.0.1:1/0"
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["broker"] == "failed"
    assert "hidden-word" not in response.content.decode()


@pytest.mark.django_db
def test_without_its_cache_the_site_still_takes_visitors(client, monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args, **kwargs: None)
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]["cache"]) == (200, "failed")


@pytest.mark.both
@pytest.mark.django_db
def test_waiting_migrations_keep_visitors_away(client, monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)
    MigrationRecorder.Migration.objects.filter(app="portal_core").delete()
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["status"] == "failed"
    assert response.json()["checks"]["migrations"] == "failed"


def test_a_dead_database_keeps_visitors_away(client):
    """pytest-django refuses the connection, as a dead server would."""
    response = client.get("/health/ready")
    assert (response.status_code, response.json()["checks"]["database"]) == (503, "failed")


OUTSIDE = [
    {"REMOTE_ADDR": "192.0.2.7"},
    {"REMOTE_ADDR": "10.0.0.3", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
    {"REMOTE_ADDR": ""},
]


@pytest.mark.django_db
@pytest.mark.parametrize("sender", OUTSIDE)
def test_whoever_asks_from_elsewhere_is_told_yes_or_no(client, settings, sender):
    assert client.get("/health/ready", **sender).json() == {"status": "ok"}
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/ready", **sender)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("sender", OUTSIDE)
def test_whoever_asks_from_elsewhere_is_not_told_what_is_missing(client, sender, caplog):
    response = client.get("/health/ready", **sender)
    assert (response.status_code, response.json()) == (503, {"status": "failed"})
    assert "health: database failed" in caplog.text


@pytest.mark.django_db
def test_the_machine_itself_is_told_by_ipv6_too(client):
    assert "checks" in client.get("/health/ready", REMOTE_ADDR="::1").json()


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405
