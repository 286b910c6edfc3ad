"""Production settings as a fresh process reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GIVEN = {
    "ALLOWED_HOSTS": "osallistu.example.fi",
    "CELERY_BROKER_URL": "redis://localhost:6379/1",
    "DATABASE_URL": "postgres://portal:secret@localhost/portal?sslmode=verify-full",
    "DJANGO_SECRET_KEY": "a-key-of-the-test",
    "EMAIL_URL": "smtp+tls://user:password@localhost:587",
    "REDIS_URL": "redis://localhost:6379/0",
    "SITE_URL": "https://osallistu.example.fi",
}
PROGRAM = """
import json
from portal.settings import production
print(json.dumps({
    "database": production.DATABASES["default"]["OPTIONS"], "fallbacks": production.SECRET_KEY_FALLBACKS
}))
"""


def read(**changes):
    variables = {name: value for name, value in (GIVEN | changes).items() if value}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "site")} | variables
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_encryption_asked_for_in_the_database_address_is_kept_beside_the_pool():
    options = json.loads(read().stdout)["database"]
    assert options["sslmode"] == "verify-full"
    assert options["pool"]["max_size"] == 8


def test_messages_are_never_printed_for_want_of_a_mail_server():
    said = read(EMAIL_URL="")
    assert said.returncode != 0
    assert "EMAIL_URL" in said.stderr


@pytest.mark.parametrize("url", ["http://search.example.fi:9200", "http://user:pass@10.0.0.7:9200"])
def test_a_search_server_without_encryption_is_refused(url):
    said = read(SEARCH_URL=url)
    assert said.returncode != 0
    assert "ImproperlyConfigured: SEARCH_URL names " in said.stderr
    assert "https://" in said.stderr
    assert "pass" not in said.stderr.rpartition("ImproperlyConfigured")[2]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://user:pass@search.example.fi:9200",
        "http://localhost:9200",
        "http://127.0.0.1:9200",
        "http://[::1]:9",
    ],
)
def test_a_search_server_with_encryption_or_on_this_machine_is_not(url):
    assert read(SEARCH_URL=url).returncode == 0


def test_receipts_made_with_an_earlier_key_can_be_kept():
    said = read(DJANGO_SECRET_KEY_FALLBACKS="an-old-key,an-older-key")
    assert json.loads(said.stdout)["fallbacks"] == ["an-old-key", "an-older-key"]
