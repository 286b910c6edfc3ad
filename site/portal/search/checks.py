"""Settings of the search server that cannot be meant, as system checks."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register()
def check_search_server(**kwargs: Any) -> list[Error]:
    if not settings.SEARCH_URL:
        return []
    return [
        Error(text, id=f"portal_search.E{number:03}") for number, text in enumerate(_mistakes(), 1) if text
    ]


def _mistakes() -> list[str]:
    """A sentence or nothing, each at its place; without the address, which may hold a password."""
    url = urlsplit(settings.SEARCH_URL)
    has_account = url.username is not None
    ca_file, prefix = settings.SEARCH_CA_FILE, settings.SEARCH_INDEX_PREFIX
    return [
        ""
        if url.scheme in ("http", "https") and url.hostname
        else "SEARCH_URL is no address: give https://host:9200, or nothing for the database.",
        "SEARCH_API_KEY is given, and an account in SEARCH_URL too: give one of them."
        if has_account and settings.SEARCH_API_KEY
        else "",
        f"SEARCH_CA_FILE is {ca_file}, which is no file." if ca_file and not Path(ca_file).is_file() else "",
        ""
        if prefix == prefix.lower() and prefix[:1].isalnum() and prefix.replace("-", "").isalnum()
        else f"SEARCH_INDEX_PREFIX is {prefix!r}: give small letters, digits and hyphens.",
        "" if settings.SEARCH_TIMEOUT_SECONDS > 0 else "SEARCH_TIMEOUT_SECONDS is not above 0.",
    ]
