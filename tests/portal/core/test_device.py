import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from portal.core import device


def request(method="post", cookie="", address="192.0.2.7", **headers):
    made = getattr(RequestFactory(), method)("/fi/", headers=headers, REMOTE_ADDR=address)
    if cookie:
        made.COOKIES[device.COOKIE_NAME] = cookie
    return made


def test_looking_at_a_page_gives_no_cookie():
    visit = request("get")
    response = HttpResponse()

    assert device.device_key(visit) == ""
    device.remember_device(visit, response)
    assert not response.cookies


def test_the_first_sending_gives_a_cookie_only_servers_can_read():
    first = request()
    key = device.device_key(first)
    response = HttpResponse()
    device.remember_device(first, response)

    cookie = response.cookies[device.COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) == 32
    assert cookie.value not in key
    assert device.device_key(request(cookie=cookie.value)) == key
    assert not device.is_known(first)


def test_over_https_the_cookie_stays_on_https():
    first = RequestFactory().post("/fi/", secure=True)
    device.device_key(first)
    response = HttpResponse()
    device.remember_device(first, response)

    assert response.cookies[device.COOKIE_NAME]["secure"]


def test_a_known_device_keeps_its_cookie_and_a_made_up_one_is_replaced():
    known, forged = request(cookie="0" * 32), request(cookie="' OR 1=1 --")
    answers = HttpResponse(), HttpResponse()
    for sent, answer in zip((known, forged), answers, strict=True):
        device.device_key(sent)
        device.remember_device(sent, answer)

    assert not answers[0].cookies
    assert len(answers[1].cookies[device.COOKIE_NAME].value) == 32


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "192.0.2.7"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        (2, "203.0.113.9, 198.51.100.1", "203.0.113.9"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "", "192.0.2.7"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies

    assert device.client_address(request(**{"X-Forwarded-For": forwarded})) == expected


def test_the_address_is_a_hash_that_changes_every_day():
    with time_machine.travel("2026-11-30T12:00:00+00:00"):
        today = device.address_key(request())
        assert device.address_key(request(address="192.0.2.8")) != today
        assert "192" not in today
    with time_machine.travel("2026-12-01T12:00:00+00:00"):
        assert device.address_key(request()) != today


def test_addresses_of_one_household_network_are_one():
    assert device.address_key(request(address="2001:db8:1:2::5")) == device.address_key(
        request(address="2001:db8:1:2:aaaa::9")
    )
    assert device.address_key(request(address="2001:db8:1:3::5")) != device.address_key(
        request(address="2001:db8:1:2::5")
    )
    assert device.address_key(request(address="::ffff:192.0.2.7")) == device.address_key(request())
