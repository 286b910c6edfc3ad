"""Where things are kept: databases, caches, files."""

from pathlib import Path

import environ

from .environment import DATA_DIR, env

# Django's defaults fail concurrent writes on SQLite.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
# Questions are short and disks have no heads: compiling and starting more processes takes longer than asking.
# Looking for words in a text costs more than comparing numbers: an index is to be used.
POSTGRESQL_OPTIONS = (
    "-c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1 -c cpu_operator_cost=0.02"
)


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


def storages(static_backend: str, private_root: Path) -> dict:
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
        "OPTIONS": {"location": private_root},
    }
    return chosen
