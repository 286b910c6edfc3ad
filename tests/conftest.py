"""Rules of the whole suite: offline, temporary files, empty cache, and no skips where that is asked."""

import datetime as dt
import gc
import os
import shutil
from collections.abc import Iterator

import pytest
import time_machine

pytest_plugins = [
    "tests.fixtures.network",
    "tests.fixtures.databases",
    "tests.fixtures.elasticsearch",
    "tests.fixtures.servers",
    "tests.fixtures.workers",
    "tests.fixtures.browser",
]

# Playwright keeps an event loop in the main thread, and Django would refuse its ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _refuse_skip(report: pytest.CollectReport | pytest.TestReport) -> None:
    if os.environ.get("FAIL_ON_SKIP") and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: skipping is not allowed in this run ({reason})"


def pytest_collection_finish() -> None:
    """What has been imported stays until the end; migrations make models by the thousand, in circles.

    Looking through it all for garbage again and again is a tenth of the suite and a third of migrating.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session", autouse=True)
def _temporary_files() -> Iterator[None]:
    """settings.test makes one folder per process for media, private files and the SQLite database."""
    yield
    from django.conf import settings

    if not os.environ.get("TEST_DATA_DIR"):
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(params=["fi", "sv"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Runs the test once per language, with that language active."""
    from django.utils import translation

    with translation.override(request.param):
        yield request.param


@pytest.fixture
def full_hour() -> Iterator[None]:
    """The clock goes on from a full hour: what is kept by the minute is not read anew within the test."""
    with time_machine.travel(dt.datetime.now(dt.UTC).replace(minute=0, second=0, microsecond=0)):
        yield
