import socket
import time

import pytest
from redis.exceptions import RedisError

from portal.core.redis_cache import RedisCache


def test_values_come_back_and_end(redis_url):
    cache = RedisCache(redis_url, {})
    cache.set("page", ("generation", b"\x00body"), 30)
    cache.set("ended", "x", 0)

    assert cache.get_many(["page", "ended", "never"]) == {"page": ("generation", b"\x00body")}
    assert cache.add("page", "other", 30) is False
    cache._cache.get_client().close()
    for pool in cache._cache._pools.values():
        pool.disconnect()


def test_the_same_client_is_used_again(redis_url):
    client = RedisCache(redis_url, {})._cache
    assert client.get_client("a") is client.get_client("b")
    assert client.get_client("a", write=True) is client.get_client("b", write=True)


@pytest.mark.parametrize("listening", [True, False])
def test_a_cache_that_does_not_answer_is_waited_for_less_than_a_second(listening):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listening:
            server.listen()
        cache = RedisCache(f"redis://127.0.0.1:{server.getsockname()[1]}/0", {})
        begun = time.monotonic()
        with pytest.raises(RedisError):
            cache.get("page")

    assert time.monotonic() - begun < 1
