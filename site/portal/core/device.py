"""Recognising a device or an address again without keeping either.

The device cookie is a random id set with the first thing a visitor sends, never on a page view. What goes to
the database are keyed hashes; the address's changes every day, so that it links nothing for longer.
"""

import re
import secrets
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from .keyed_hash import keyed_hash

COOKIE_NAME = "ar_device"
COOKIE_SECONDS = 365 * 24 * 3600
_VALID = re.compile(r"[0-9a-f]{32}")


def device_id(request: HttpRequest) -> str:
    """The id this device brought or will be given; empty before its first POST."""
    known = request.COOKIES.get(COOKIE_NAME, "")
    if _VALID.fullmatch(known):
        return known
    if request.method != "POST":
        return ""
    fresh: str | None = getattr(request, "_new_device_id", None)
    if fresh is None:
        fresh = secrets.token_hex(16)
        request._new_device_id = fresh  # type: ignore[attr-defined]
    return fresh


def is_known(request: HttpRequest) -> bool:
    """Whether the device brought its cookie with it."""
    return _VALID.fullmatch(request.COOKIES.get(COOKIE_NAME, "")) is not None


def device_key(request: HttpRequest) -> str:
    """A keyed hash of the device's id; empty when there is none."""
    value = device_id(request)
    return keyed_hash("device", value) if value else ""


def remember_device(request: HttpRequest, response: HttpResponseBase) -> None:
    """Sets the cookie on the answer to a POST of a device that had none."""
    fresh = getattr(request, "_new_device_id", None)
    if fresh:
        response.set_cookie(
            COOKIE_NAME,
            fresh,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def client_address(request: HttpRequest) -> str:
    """The visitor's network address: as far along X-Forwarded-For as our own proxies wrote it."""
    trusted = settings.TRUSTED_PROXIES
    address = request.META.get("REMOTE_ADDR", "")
    if trusted > 0:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if hops:
            address = hops[-min(trusted, len(hops))]
    return address


def address_key(request: HttpRequest) -> str:
    """A keyed hash of the address, good for one day; IPv6 by its /64, which is one household's."""
    return keyed_hash("address", _network(client_address(request)), timezone.localdate().isoformat())


def browser_key(request: HttpRequest) -> str:
    """A keyed hash of address and browser: tells repeated sendings apart before there is a device cookie."""
    browser = request.META.get("HTTP_USER_AGENT", "") + request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return keyed_hash("browser", _network(client_address(request)), browser, timezone.localdate().isoformat())


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return parsed.exploded[:19]
    return str(parsed)
