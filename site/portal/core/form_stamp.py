"""The signed time a form was rendered: the same for everyone who gets that copy of the page, so cacheable."""

from datetime import UTC, datetime

from django.core import signing
from django.utils import timezone

SALT = "portal.core.form_stamp"


def form_stamp() -> str:
    """Goes into a hidden field of the form."""
    return signing.Signer(salt=SALT).sign(str(int(timezone.now().timestamp() * 1000)))


def read_stamp(value: str) -> datetime | None:
    """When the form was rendered; None for a missing or forged stamp, or one from the future."""
    try:
        milliseconds = int(signing.Signer(salt=SALT).unsign(value))
    except (signing.BadSignature, ValueError):
        return None
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment if moment <= timezone.now() else None
