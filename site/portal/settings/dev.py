"""The demo and development: SQLite, a folder as message broker, a database cache, mail to files."""

from .base import *
from .environment import BASE_DIR, DATA_DIR, SITE_URL, env
from .stores import databases, sqlite_cache

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("DJANGO_SECRET_KEY", default="only-for-development-and-the-demo-never-for-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = databases(env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}"))
DATABASES["cache"], _cache = sqlite_cache()
CACHES = {"default": _cache}

WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="folder://")
if CELERY_BROKER_URL.startswith("folder"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "messages"),
        "data_folder_out": str(DATA_DIR / "broker" / "messages"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
        "polling_interval": 0.2,
    }
DEMO = True
ROOT = BASE_DIR
