import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core.origin import is_same_origin, same_origin_form

OURS = "http://testserver"


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": OURS}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": OURS}, True),
        ({"Referer": OURS + "/fi/kuulemiset/"}, True),
        ({}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OURS}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, False),
        ({"Origin": "http://testserver.elsewhere.example"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Referer": "https://elsewhere.example/testserver"}, False),
        ({"Referer": "http://[broken"}, False),
    ],
)
def test_a_form_is_accepted_only_from_our_own_pages(headers, accepted):
    request = RequestFactory().post("/fi/", headers=headers)

    assert is_same_origin(request) is accepted


def test_a_trusted_origin_of_the_settings_is_ours(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://osallistu.example.fi"]
    request = RequestFactory().post("/fi/", headers={"Origin": "https://osallistu.example.fi"})

    assert is_same_origin(request)


@same_origin_form
def view(request):
    return HttpResponse("taken")


def test_reading_is_never_refused():
    assert view(RequestFactory().get("/fi/")).status_code == 200


def test_the_refusal_speaks_both_languages_and_shows_what_was_written():
    request = RequestFactory().post("/sv/", {"text": "En lång <kommentar>"})

    response = view(request)

    assert response.status_code == 403
    page = response.content.decode()
    assert "Lomaketta ei voitu ottaa vastaan" in page
    assert "Formuläret kunde inte tas emot" in page
    assert "En lång &lt;kommentar&gt;" in page
    assert "no-store" in response["Cache-Control"]
