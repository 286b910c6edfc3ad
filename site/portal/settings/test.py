"""The test suite: DATABASE_URL chooses PostgreSQL or SQLite; real brokers are started by the suite."""

import tempfile
from pathlib import Path

from .base import *
from .environment import env
from .stores import databases, storages

DATA_DIR = Path(env("TEST_DATA_DIR", default="") or tempfile.mkdtemp(prefix="portal-test-"))
SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests-only-for-tests"
ALLOWED_HOSTS = ["*"]
DATABASES = databases(env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"))
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: threads and processes see the same database, under the locks of production.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
DATABASE_ROUTERS = []
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = storages("django.contrib.staticfiles.storage.StaticFilesStorage", PRIVATE_ROOT)
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# The administration's page search is not what the tests are about; indexing each saved page is dear.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False},
}
