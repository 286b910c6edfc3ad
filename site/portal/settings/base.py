"""Settings shared by every way of running; variables are documented in docs/settings.md."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parents[3]
PORTAL_DIR = Path(__file__).resolve().parents[1]
env = environ.Env()
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_URL = env("SITE_URL", default="http://localhost:8000")

INSTALLED_APPS = [
    "participation.hearings.apps.HearingsConfig",
    "participation.information.apps.InformationConfig",
    "participation.reports.apps.ReportsConfig",
    "participation.moderation.apps.ModerationConfig",
    "participation.processes.apps.ProcessesConfig",
    "portal.home.apps.HomeConfig",
    "portal.search.apps.SearchConfig",
    "portal.accounts.apps.AccountsConfig",
    "portal.mail.apps.MailConfig",
    "portal.jobs.apps.JobsConfig",
    "portal.audit.apps.AuditConfig",
    "portal.core.apps.CoreConfig",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.apps.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "csp",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "portal.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.csp.ContentSecurityPolicyMiddleware",
    "portal.core.page_cache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.middleware.PathLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PORTAL_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Databases: SQLite unless told otherwise; Django's defaults fail concurrent writes there.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
# Questions are short and disks have no heads: compiling takes longer than asking. Looking for words in a text
# costs more than comparing numbers: an index is to be used.
POSTGRESQL_OPTIONS = "-c jit=off -c random_page_cost=1.1 -c cpu_operator_cost=0.02"
DATABASE_ROUTERS: list[str] = ["portal.core.routers.CacheRouter"]


def databases(url: str) -> dict:
    """`default`, and for SQLite `snapshot`: a second, deferred connection for long consistent reads."""
    default = environ.Env.db_url_config(url)
    if default["ENGINE"] == "django.db.backends.sqlite3":
        default |= {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": 60}
        snapshot = default | {
            "OPTIONS": SQLITE_OPTIONS | {"transaction_mode": "DEFERRED"},
            "TEST": {"MIRROR": "default"},
        }
        return {"default": default, "snapshot": snapshot}
    if default["ENGINE"] == "django.db.backends.postgresql":
        default["OPTIONS"] = {"options": POSTGRESQL_OPTIONS} | default.get("OPTIONS", {})
    return {"default": default}


def sqlite_cache() -> tuple[dict, dict]:
    """The default cache: a database cache in a SQLite file of its own (alias `cache`)."""
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA_DIR / "cache.sqlite3"),
        "OPTIONS": SQLITE_OPTIONS | {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"},
        "CONN_MAX_AGE": 60,
    }
    cache = {
        "BACKEND": "portal.core.caches.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
    return database, cache


# Accounts
AUTH_USER_MODEL = "portal_accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "signup": "portal.accounts.forms.SignupForm",
    "add_email": "portal.accounts.forms.AddEmailForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Counted by portal.accounts.attempts: allauth's counts are in the cache, and without it nobody could log in.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LIMIT_WINDOW_SECONDS = env.int("ACCOUNT_LIMIT_WINDOW_SECONDS", default=300)
ACCOUNT_LIMIT_PER_ACCOUNT = env.int("ACCOUNT_LIMIT_PER_ACCOUNT", default=5)
ACCOUNT_LIMIT_PER_ADDRESS = env.int("ACCOUNT_LIMIT_PER_ADDRESS", default=50)
UNCONFIRMED_ACCOUNT_DAYS = env.int("UNCONFIRMED_ACCOUNT_DAYS", default=30)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Languages: equal on the site, Finnish first in the code only because one must be.
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
# In a checkout, or inside the installed package.
LOCALE_PATHS = [path for path in (BASE_DIR / "locale", PORTAL_DIR / "locale") if path.is_dir()]
FORMAT_MODULE_PATH = "portal.core.formats"
LANGUAGE_COOKIE_NAME = "ar_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [PORTAL_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"


def encrypted(name: str, url: str) -> str:
    """The address, unless what goes there could be read or changed on the way."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ImproperlyConfigured(
            f"{name} names {parts.hostname} by http://, without encryption: give an address with https://. "
            "Plain http:// is for this machine alone (localhost)."
        )
    return url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def storages(static_backend: str) -> dict:
    """Public and private files in local folders, or in an S3-compatible service (STORAGE_BUCKET)."""
    chosen: dict = {"staticfiles": {"BACKEND": static_backend}}
    bucket = env("STORAGE_BUCKET", default="")
    if bucket:
        shared = {
            "bucket_name": bucket,
            "endpoint_url": env("STORAGE_ENDPOINT", default=None),
            "access_key": env("STORAGE_ACCESS_KEY", default=None),
            "secret_key": env("STORAGE_SECRET_KEY", default=None),
            "file_overwrite": False,
        }
        s3 = "storages.backends.s3.S3Storage"
        chosen["default"] = {"BACKEND": s3, "OPTIONS": shared | {"location": "public"}}
        private = {"location": "private", "default_acl": "private"}
        chosen["private"] = {"BACKEND": s3, "OPTIONS": shared | private}
        return chosen
    local = "django.core.files.storage.FileSystemStorage"
    chosen["default"] = {"BACKEND": local}
    # base_url None: a private file has no address of its own.
    chosen["private"] = {
        "BACKEND": "portal.core.storage.PrivateStorage",
        "OPTIONS": {"location": PRIVATE_ROOT},
    }
    return chosen


STORAGES = storages("django.contrib.staticfiles.storage.StaticFilesStorage")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A page of a hundred sections is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o640

# Wagtail
WAGTAIL_SITE_NAME = "Ääni–Röst"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "cms_login"
WAGTAILIMAGES_IMAGE_MODEL = "portal_core.Image"
WAGTAILDOCS_DOCUMENT_MODEL = "portal_core.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS: dict[str, dict] = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Search of the public site: the database, and beside it a search server where one is named.
SEARCH_URL = env("SEARCH_URL", default="")
SEARCH_API_KEY = env("SEARCH_API_KEY", default="")
SEARCH_CA_FILE = env("SEARCH_CA_FILE", default="")
SEARCH_INDEX_PREFIX = env("SEARCH_INDEX_PREFIX", default="portal")
SEARCH_TIMEOUT_SECONDS = env.float("SEARCH_TIMEOUT_SECONDS", default=1.0)
SEARCH_LIMIT_PER_ADDRESS = env.int("SEARCH_LIMIT_PER_ADDRESS", default=120)

WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Mail
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Ääni–Röst <noreply@example.fi>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Jobs
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=30)
REPORT_PROCESSES = env.int("REPORT_PROCESSES", default=2)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Participation: every limit is a setting (docs/settings.md).
COMMENT_MAX_CHARACTERS = env.int("COMMENT_MAX_CHARACTERS", default=10_000)
COMMENT_GRACE_MINUTES = env.int("COMMENT_GRACE_MINUTES", default=15)
COMMENT_LIMIT_PER_DEVICE = env.int("COMMENT_LIMIT_PER_DEVICE", default=10)
COMMENT_LIMIT_PER_ADDRESS = env.int("COMMENT_LIMIT_PER_ADDRESS", default=60)
COMMENT_LIMIT_WINDOW_SECONDS = env.int("COMMENT_LIMIT_WINDOW_SECONDS", default=3600)
SUPPORT_LIMIT_PER_ADDRESS = env.int("SUPPORT_LIMIT_PER_ADDRESS", default=300)
SUPPORT_LIMIT_PER_COMMENT = env.int("SUPPORT_LIMIT_PER_COMMENT", default=50)
RECEIPT_LIMIT_PER_RECIPIENT = env.int("RECEIPT_LIMIT_PER_RECIPIENT", default=5)
REPORT_LIMIT_PER_ADDRESS = env.int("REPORT_LIMIT_PER_ADDRESS", default=30)
COMMENT_MIN_SECONDS = env.int("COMMENT_MIN_SECONDS", default=3)
CONTACT_ADDRESS_DAYS = env.int("CONTACT_ADDRESS_DAYS", default=365)
DEVICE_KEY_DAYS = env.int("DEVICE_KEY_DAYS", default=365)
REMOVED_TEXT_DAYS = env.int("REMOVED_TEXT_DAYS", default=365)
REPORT_FILE_DAYS = env.int("REPORT_FILE_DAYS", default=365)
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=30)

# Security
# Number of proxies in front whose X-Forwarded-For and X-Request-ID can be believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.core.views.csrf_failure"
CONTENT_SECURITY_POLICY: dict[str, dict] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "portal.core.logs.RequestIdFilter"}},
    "formatters": {"line": {"()": "portal.core.logs.LineFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Jobs tell of themselves; a tick every few seconds is no news.
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        # Wagtail's own bookkeeping; page titles and ids are in its log table.
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        # A line for each search is no news.
        "elastic_transport": {"level": "WARNING"},
    },
}
