"""Settings shared by every way of running; variables are documented in docs/settings.md."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR, DATA_DIR, PORTAL_DIR, SITE_URL, env
from .limits import *
from .stores import storages

DEBUG = False
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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

DATABASE_ROUTERS: list[str] = ["portal.core.routers.CacheRouter"]

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
# In a checkout, or inside the installed package: our texts, then those that libraries lack.
LOCALE_PATHS = [
    path
    for folder in (BASE_DIR / "locale", PORTAL_DIR / "locale")
    for path in (folder, folder / "libraries")
    if path.is_dir()
]
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
STORAGES = storages("django.contrib.staticfiles.storage.StaticFilesStorage", PRIVATE_ROOT)
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
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Search of the public site: the database, and beside it a search server where one is named.
SEARCH_URL = env("SEARCH_URL", default="")
SEARCH_API_KEY = env("SEARCH_API_KEY", default="")
SEARCH_CA_FILE = env("SEARCH_CA_FILE", default="")
SEARCH_INDEX_PREFIX = env("SEARCH_INDEX_PREFIX", default="portal")
SEARCH_TIMEOUT_SECONDS = env.float("SEARCH_TIMEOUT_SECONDS", default=1.0)

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
