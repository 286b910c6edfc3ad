"""The front page of a first visit: at most 120 kB over the wire, 12 requests, nothing from third parties."""

import gzip
from urllib.parse import urlsplit

import pytest

from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import home

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def on_the_wire(response):
    """Bytes with headers; static files gzipped as WhiteNoise stores them, pages as they are."""
    headers = sum(len(name) + len(value) + 4 for name, value in response.all_headers().items())
    body = response.body()
    if urlsplit(response.url).path.startswith("/static/") and not response.url.endswith(".woff2"):
        body = gzip.compress(body, 9)
    return headers + len(body)


def test_weight_and_requests(new_page, language):
    for state in ("open", "open", "scheduled", "answered"):
        CommentFactory(participation=hearing_pair(state=state).hearing)
    page = new_page(language=language)
    weights = {}
    page.on("response", lambda response: weights.update({response.url: on_the_wire(response)}))
    page.goto(home(language).url, wait_until="networkidle")
    assert 3 <= len(weights) <= 12, weights
    assert sum(weights.values()) <= 120_000, weights


def test_no_inline_script_or_style(client, db, language):
    pair = hearing_pair(state="open")
    for address in (home(language).url, pair.page(language).url):
        response = client.get(address)
        policy = response["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "script-src 'self'" in policy
        content = response.content.decode()
        assert " style=" not in content
        assert "<style" not in content
        assert "onclick" not in content
        assert not [part for part in content.split("<script")[1:] if "src=" not in part.split(">")[0]]
