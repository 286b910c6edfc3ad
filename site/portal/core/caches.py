"""Caches that never break a page: one that cannot be asked is as an empty one, and has a moment of rest.

Wagtail, allauth and Django ask the default cache as if it could not fail. The page cache must know when it
did, so that it does not serve what should be gone: it uses `strict`.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.db import DatabaseCache as DjangoDatabaseCache
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from django.db import Error as DatabaseError
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 0.3
PAUSE_SECONDS = 2.0
FAILURES = (OSError, RedisError, DatabaseError)


class CacheUnavailable(Exception):
    """The cache did not answer, now or a moment ago."""


class Strict:
    """The same cache, raising `CacheUnavailable` where the forgiving one pretends to be empty."""

    def __init__(self, cache: "ForgivingCache") -> None:
        self._cache = cache

    def get(self, key: str) -> Any:
        return self._cache.ask("get", key)

    def get_many(self, keys: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = self._cache.ask("get_many", keys)
        return found

    def add(self, key: str, value: Any, timeout: float | None) -> bool:
        return bool(self._cache.ask("add", key, value, timeout))

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        self._cache.ask("set", key, value, timeout)


class ForgivingCache(BaseCache):
    """Put before a backend of Django's. After a failure this process lets it rest for a moment."""

    paused_until = 0.0

    @property
    def strict(self) -> Strict:
        return Strict(self)

    def ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        kind = type(self)
        if time.monotonic() < kind.paused_until:
            raise CacheUnavailable(f"{name}: paused after a failure")
        method: Callable[..., Any] = getattr(super(), name)
        try:
            return method(*args, **kwargs)
        except FAILURES as error:
            kind.paused_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("the cache did not answer: %s", type(error).__name__)
            raise CacheUnavailable(name) from error

    def _forgive(self, otherwise: Any, name: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return self.ask(name, *args, **kwargs)
        except CacheUnavailable:
            return otherwise

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._forgive(default, "get", key, default, version=version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        found: dict[Any, Any] = self._forgive({}, "get_many", keys, version=version)
        return found

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._forgive(False, "has_key", key, version=version))

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._forgive(None, "set", key, value, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        left: list[Any] = self._forgive(list(data), "set_many", data, *args, **kwargs)
        return left

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._forgive(False, "add", key, value, *args, **kwargs))

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._forgive(False, "touch", key, *args, **kwargs))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._forgive(False, "delete", key, version=version))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._forgive(None, "delete_many", keys, version=version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As for a key that is not there."""
        try:
            return int(self.ask("incr", key, delta, version=version))
        except CacheUnavailable as error:
            raise ValueError(f"key {key!r} not found") from error

    def clear(self) -> None:
        self._forgive(None, "clear")


class Client(RedisCacheClient):
    """Short patience, no retries, and clients kept: making one costs as much as asking it."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
        # One more attempt, for connections that the server closed meanwhile.
        super().__init__(servers, **{**patience, "retry": Retry(NoBackoff(), 1), **options})
        self._clients: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        client = self._clients.get(write)
        if client is None:
            client = self._clients[write] = super().get_client(key, write=write)
        return client


class RedisCache(ForgivingCache, DjangoRedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client


class DatabaseCache(ForgivingCache, DjangoDatabaseCache):
    pass
