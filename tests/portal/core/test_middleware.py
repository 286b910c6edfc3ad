import logging
import re

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core import request_id
from portal.core.middleware import RequestIdMiddleware


def answer(request):
    return HttpResponse(request_id.current())


def test_every_request_has_an_id_of_its_own_that_the_answer_carries():
    middleware = RequestIdMiddleware(answer)
    first, second = (middleware(RequestFactory().get("/fi/")) for _ in range(2))

    assert re.fullmatch("[0-9a-f]{32}", first["X-Request-ID"])
    assert first.content.decode() == first["X-Request-ID"] != second["X-Request-ID"]
    assert request_id.current() == ""


@pytest.mark.parametrize(
    ("proxies", "sent", "believed"),
    [
        (0, "from-the-proxy-1", False),
        (1, "from-the-proxy-1", True),
        (1, "short", False),
        (1, "bad id\nINFO forged", False),
        (1, "x" * 65, False),
    ],
)
def test_an_id_from_outside_is_believed_only_from_our_own_proxy(settings, proxies, sent, believed):
    settings.TRUSTED_PROXIES = proxies
    response = RequestIdMiddleware(answer)(RequestFactory().get("/fi/", headers={"X-Request-ID": sent}))

    assert (response["X-Request-ID"] == sent) is believed


def test_one_line_tells_of_the_request_without_query_or_address(caplog):
    caplog.set_level(logging.INFO, logger="portal.request")
    request = RequestFactory().get("/fi/?email=maija@example.fi", REMOTE_ADDR="192.0.2.7")
    RequestIdMiddleware(answer)(request)

    (record,) = caplog.records
    assert re.fullmatch(r"GET /fi/ 200 \d+ ms", record.getMessage())


@pytest.mark.parametrize("path", ["/static/build/portal.css", "/health/live"])
def test_files_and_probes_are_not_worth_a_line(caplog, path):
    caplog.set_level(logging.INFO, logger="portal.request")
    RequestIdMiddleware(answer)(RequestFactory().get(path))

    assert caplog.records == []
