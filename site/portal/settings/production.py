"""Production: PostgreSQL, Redis, HTTPS; a variable without a default here must be given."""

from .addresses import encrypted
from .base import *
from .base import CONTENT_SECURITY_POLICY, PRIVATE_ROOT, SEARCH_URL
from .environment import env
from .stores import databases, storages

SECRET_KEY = env("DJANGO_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env("SITE_URL")
WAGTAILADMIN_BASE_URL = SITE_URL
CSRF_TRUSTED_ORIGINS = [SITE_URL]

DATABASES = databases(env("DATABASE_URL"))
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Beside what the address says itself, such as ?sslmode=verify-full.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL", default=8),
    }
DATABASE_ROUTERS = []
CACHES = {"default": {"BACKEND": "portal.core.caches.RedisCache", "LOCATION": env("REDIS_URL")}}
CELERY_BROKER_URL = env("CELERY_BROKER_URL")
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}

# Given, never printed: messages hold addresses and links that open accounts.
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)

SEARCH_URL = encrypted("SEARCH_URL", SEARCH_URL)

STORAGES = storages("whitenoise.storage.CompressedManifestStaticFilesStorage", PRIVATE_ROOT)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# X_FRAME_OPTIONS is SAMEORIGIN for the preview pane of /cms/; public pages say frame-ancestors none.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
