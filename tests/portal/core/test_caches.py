import socket
import time

import pytest
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.db import connection

from portal.core.caches import CacheUnavailable, DatabaseCache, RedisCache


@pytest.fixture(autouse=True)
def _forgiven():
    yield
    for kind in (RedisCache, DatabaseCache):
        kind.paused_until = 0.0


@pytest.fixture
def redis_cache(redis_url):
    cache = RedisCache(redis_url, {})
    yield cache
    cache.clear()
    for pool in cache._cache._pools.values():
        pool.disconnect()


def test_values_come_back_and_end(redis_cache):
    redis_cache.set("page", ("generation", b"\x00body"), 30)
    redis_cache.set("ended", "x", 0)

    assert redis_cache.get_many(["page", "ended", "never"]) == {"page": ("generation", b"\x00body")}
    assert redis_cache.strict.get("page") == ("generation", b"\x00body")
    assert redis_cache.add("page", "other", 30) is False
    assert "page" in redis_cache
    assert redis_cache.delete("page")
    redis_cache.set("count", 1)
    assert redis_cache.incr("count") == 2


def test_the_same_client_is_used_again(redis_cache):
    client = redis_cache._cache
    assert client.get_client("a") is client.get_client("b")
    assert client.get_client("a", write=True) is client.get_client("b", write=True)


@pytest.fixture(params=["refusing", "silent"])
def unreachable(request):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if request.param == "silent":
            server.listen()
        yield RedisCache(f"redis://127.0.0.1:{server.getsockname()[1]}/0", {})


def test_a_cache_that_does_not_answer_is_as_an_empty_one_and_waited_for_once(unreachable):
    begun = time.monotonic()
    assert unreachable.get("page", "default") == "default"
    assert time.monotonic() - begun < 1

    begun = time.monotonic()
    assert unreachable.get_many(["page"]) == {}
    assert unreachable.add("page", 1) is False
    assert unreachable.set_many({"page": 1}) == ["page"]
    assert unreachable.get_or_set("page", "made") == "made"
    assert not unreachable.has_key("page")
    assert unreachable.touch("page") is False
    assert unreachable.delete("page") is False
    unreachable.set("page", 1)
    unreachable.delete_many(["page"])
    unreachable.clear()
    with pytest.raises(ValueError, match="not found"):
        unreachable.incr("page")
    assert time.monotonic() - begun < 0.1


def test_who_must_know_is_told(unreachable):
    for ask in (
        lambda: unreachable.strict.get("page"),
        lambda: unreachable.strict.get_many(["page"]),
        lambda: unreachable.strict.add("page", 1, 30),
        lambda: unreachable.strict.set("page", 1, 30),
    ):
        with pytest.raises(CacheUnavailable):
            ask()


def test_after_a_pause_the_cache_is_asked_again(redis_cache, monkeypatch):
    monkeypatch.setattr(RedisCache, "paused_until", time.monotonic() + 60)
    redis_cache.set("page", 1)
    monkeypatch.setattr(RedisCache, "paused_until", time.monotonic() - 1)
    assert redis_cache.get("page") is None
    redis_cache.set("page", 1)
    assert redis_cache.get("page") == 1


@pytest.mark.both
@pytest.mark.django_db
def test_a_database_cache_keeps_what_it_is_given(settings):
    settings.CACHES = {"default": {"BACKEND": "portal.core.caches.DatabaseCache", "LOCATION": "test_cache"}}
    call_command("createcachetable", verbosity=0)
    cache = DatabaseCache("test_cache", {})
    assert isinstance(cache, BaseDatabaseCache)
    cache.set("page", b"\x00body", 30)
    assert cache.get("page") == b"\x00body"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_cache")
