"""Which addresses of other servers may be used."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def encrypted(name: str, url: str) -> str:
    """The address, unless what goes there could be read or changed on the way."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ImproperlyConfigured(
            f"{name} names {parts.hostname} by http://, without encryption: give an address with https://. "
            "Plain http:// is for this machine alone (localhost)."
        )
    return url


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
