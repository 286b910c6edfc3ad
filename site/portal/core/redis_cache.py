"""Django's Redis cache for a site that must not wait for it: short patience, no retries, clients kept."""

from typing import Any

from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE_SECONDS = 0.3


class Client(RedisCacheClient):
    """Keeps its clients: making one costs as much as asking it."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        patience = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
        # The library's own retries wait for seconds between them.
        super().__init__(servers, **{**patience, "retry": Retry(NoBackoff(), 1), **options})
        self._clients: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        client = self._clients.get(write)
        if client is None:
            client = self._clients[write] = super().get_client(key, write=write)
        return client


class RedisCache(DjangoRedisCache):
    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client
