"""The whole-page cache, asked through the middleware with a view of the test's own behind it."""

import secrets
import threading
import time
import uuid

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import RequestFactory

from portal.core.page_cache import Copies, Entry, PageCacheMiddleware, purge_on_commit
from portal.core.page_query import use

pytestmark = pytest.mark.both


class Site:
    """A site of one view; `rendered` counts how often it was asked."""

    def __init__(self, respond=None):
        self.rendered = 0
        self.respond = respond or (lambda request: HttpResponse(f"page {self.rendered}"))
        self.middleware = PageCacheMiddleware(self.view)

    def view(self, request):
        self.rendered += 1
        return self.respond(request)

    def get(self, path="/fi/kuulemiset/", data=None, method="get", cookies=None, **headers):
        request = getattr(RequestFactory(), method)(path, data or {}, headers=headers)
        for name, value in (cookies or {}).items():
            request.COOKIES[name] = value
            request.META["HTTP_COOKIE"] = "present"
        return self.middleware(request)


def test_the_second_visitor_gets_the_same_page_without_rendering():
    site = Site()
    first, second = site.get(), site.get()

    assert site.rendered == 1
    assert second.content == first.content == b"page 1"
    assert second["Content-Type"] == first["Content-Type"]
    assert second["Cache-Control"] == "no-cache"
    assert second["ETag"] == first["ETag"]


def test_a_hit_asks_the_cache_once(monkeypatch):
    site = Site()
    site.get()
    counting = CountingCache()
    monkeypatch.setattr("portal.core.page_cache.cache", counting)
    site.get()
    assert counting.asked() == ["get"]

    counting.calls.clear()
    monkeypatch.setattr("portal.core.page_cache._copies", Copies())
    assert site.get().content == b"page 1"
    assert counting.asked() == ["get_many"]
    assert site.rendered == 1


class CountingCache:
    def __init__(self):
        self.calls = []

    def __getattr__(self, name):
        self.calls.append(name)
        return getattr(cache, name)

    def asked(self):
        return [name for name in self.calls if name != "strict"]


@pytest.mark.django_db
def test_a_change_purges_when_it_commits_and_not_before(django_capture_on_commit_callbacks):
    site = Site()
    site.get()
    with django_capture_on_commit_callbacks(execute=True):
        purge_on_commit()
        assert site.get().content == b"page 1"

    assert site.get().content == b"page 2"


@pytest.mark.django_db
def test_a_change_that_was_undone_purges_nothing(django_capture_on_commit_callbacks):
    site = Site()
    site.get()

    @transaction.atomic
    def undone():
        purge_on_commit()
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        undone()

    assert site.get().content == b"page 1"


@pytest.mark.django_db
def test_a_page_rendered_while_the_purge_happened_never_comes_back(django_capture_on_commit_callbacks):
    def slow(request):
        if site.rendered == 1:
            with django_capture_on_commit_callbacks(execute=True):
                purge_on_commit()
        return HttpResponse(f"page {site.rendered}")

    site = Site(slow)
    site.get()

    assert site.get().content == b"page 2"
    assert site.get().content == b"page 2"


def test_entries_end_after_the_seconds_of_the_setting(settings):
    settings.PAGE_CACHE_SECONDS = 0
    site = Site()
    site.get()
    site.get()

    assert site.rendered == 2


@pytest.mark.parametrize(
    "request_options",
    [
        {"cookies": {"sessionid": "x"}},
        {"cookies": {"messages": "x"}},
        {"method": "post"},
        {"path": "/"},
        {"path": "/cms/pages/"},
        {"path": "/fi/tili/"},
        {"path": "/sv/konto/"},
        {"path": "/health/live"},
        {"path": "/o/7f3kq9/"},
        {"Authorization": "Basic x"},
        {"data": {"older": "nothing of it"}},
        {"data": {str(n): "1" for n in range(30)}},
    ],
)
def test_what_is_somebodys_own_is_never_kept(request_options):
    site = Site()
    site.get(**request_options)
    site.get(**request_options)

    assert site.rendered == 2


@pytest.mark.parametrize("cookie", ["ar_language", "ar_device", "csrftoken"])
def test_cookies_that_change_nothing_on_the_page_do_not_matter(cookie):
    site = Site()
    site.get()
    site.get(cookies={cookie: "x"})

    assert site.rendered == 1


def response(content=b"page", **options):
    headers = options.pop("headers", {})
    made = HttpResponse(content, **options)
    for name, value in headers.items():
        made[name] = value
    return made


def with_cookie(request):
    made = HttpResponse()
    made.set_cookie("csrftoken", "x")
    return made


def with_own_policy(request):
    made = HttpResponse()
    made._csp_replace = {"img-src": "*"}
    return made


@pytest.mark.parametrize(
    "respond",
    [
        lambda request: response(status=404),
        lambda request: response(status=500),
        lambda request: HttpResponseRedirect("/fi/"),
        lambda request: response(content_type="application/json"),
        lambda request: response(headers={"Cache-Control": "private"}),
        lambda request: response(headers={"Cache-Control": "no-store"}),
        lambda request: response(headers={"Vary": "Accept-Language"}),
        lambda request: response(headers={"Vary": "Cookie, HX-Request"}),
        lambda request: response(headers={"Content-Encoding": "gzip"}),
        lambda request: response(b"x" * 1_000_001),
        lambda request: StreamingHttpResponse([b"page"]),
        with_cookie,
        with_own_policy,
    ],
)
def test_an_answer_that_is_not_the_same_for_all_is_never_kept(respond):
    site = Site(respond)
    site.get()
    site.get()

    assert site.rendered == 2


def addressed(request):
    """A page that makes something of every parameter it is told of."""
    use(request, *request.GET)
    return HttpResponse(request.get_full_path() + request.get_host())


def test_queries_and_hosts_have_pages_of_their_own_whatever_the_order():
    site = Site(addressed)
    assert b"older=2" in site.get("/fi/?older=2").content
    assert site.get("/fi/?part=1&reply=2").content == site.get("/fi/?reply=2&part=1").content
    assert b"older" not in site.get("/fi/").content
    assert site.get("/fi/", host="osallistu.example.fi").content != site.get("/fi/").content
    assert site.rendered == 4


def test_words_that_no_page_understands_are_neither_kept_nor_told(monkeypatch):
    counting = CountingCache()
    monkeypatch.setattr("portal.core.page_cache.cache", counting)
    site = Site(addressed)
    answers = {site.get(f"/fi/?{secrets.token_hex(4)}={secrets.token_hex(8)}").content for _ in range(100)}

    assert answers == {site.get("/fi/").content} == {b"/fi/testserver"}
    assert counting.calls.count("set") == 1
    assert site.rendered == 1


def test_a_host_has_one_page_whatever_port_it_is_asked_at(monkeypatch):
    """Ports are not in ALLOWED_HOSTS: anybody can write any of them."""
    counting = CountingCache()
    monkeypatch.setattr("portal.core.page_cache.cache", counting)
    site = Site()
    for port in range(8000, 8100):
        site.get(host=f"Osallistu.example.fi:{port}")
    site.get(host="osallistu.example.fi")

    assert counting.calls.count("set") == 1
    assert site.rendered == 1


def test_a_page_that_makes_nothing_of_a_parameter_is_not_kept(monkeypatch):
    counting = CountingCache()
    monkeypatch.setattr("portal.core.page_cache.cache", counting)
    site = Site()
    for _number in range(100):
        site.get(f"/fi/?older={uuid.uuid4()}")

    assert "set" not in counting.calls
    assert site.rendered == 100


def test_what_somebody_logged_in_asks_is_left_as_it_is():
    site = Site(addressed)
    assert site.get("/fi/?q=1", cookies={"sessionid": "x"}).content == b"/fi/?q=1testserver"


def test_a_browser_that_has_the_page_is_told_so():
    site = Site()
    etag = site.get()["ETag"]

    answer = site.get(**{"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == etag
    assert site.get(**{"If-None-Match": '"other"'}).status_code == 200
    assert site.get(**{"If-None-Match": f"W/{etag}"}).status_code == 304


def test_head_is_answered_from_the_page_without_its_body():
    site = Site()
    page = site.get()
    head = site.get(method="head")

    assert site.rendered == 1
    assert (head.content, head["Content-Length"]) == (b"", str(len(page.content)))
    assert Site().get(method="head").status_code == 200


def test_pages_of_the_logged_in_are_for_them_alone():
    assert Site().get(cookies={"sessionid": "x"})["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("broken", ["get_many", "set", "add"])
def test_a_broken_cache_breaks_no_page(monkeypatch, broken, caplog):
    def fail(*args, **kwargs):
        raise ConnectionError("refused")

    monkeypatch.setattr(cache._connections["default"], broken, fail)
    site = Site()

    assert site.get().content == b"page 1"
    assert "cache" in caplog.text


@pytest.mark.django_db
def test_a_purge_that_fails_breaks_no_change(monkeypatch, django_capture_on_commit_callbacks, caplog):
    def fail(*args, **kwargs):
        raise ConnectionError("refused")

    site = Site()
    site.get()
    with monkeypatch.context() as patch:
        patch.setattr(cache._connections["default"], "set", fail)
        with django_capture_on_commit_callbacks(execute=True):
            purge_on_commit()
        assert "could not be purged" in caplog.text
        assert site.get().content == b"page 2"

    assert site.get().content == b"page 3"
    assert site.get().content == b"page 3"


def test_a_process_keeps_few_copies_and_no_huge_ones():
    copies = Copies()
    ends_at = time.time() + 30
    for number in range(100):
        copies.put(str(number), Entry("g", ends_at, [], b"page", '"e"'))
    copies.put("huge", Entry("g", ends_at, [], b"x" * 250_001, '"e"'))
    copies.put("old", Entry("g", time.time() - 1, [], b"page", '"e"'))

    assert copies.get("0") is None
    assert copies.get("99").body == b"page"
    assert copies.get("huge") is None
    assert copies.get("old") is None


def test_first_visitors_at_once_all_get_the_page():
    site = Site()
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(site.get().status_code)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 8
