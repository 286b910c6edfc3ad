"""Where the index is."""

from urllib.parse import urlsplit

from django.conf import settings

from .fields import VERSION


def alias() -> str:
    """The name that is asked; that of another mapping is another, so that an older index never answers."""
    return f"{settings.SEARCH_INDEX_PREFIX}-entries-{VERSION}"


def place() -> str:
    """Server and name, without credentials."""
    url = urlsplit(settings.SEARCH_URL)
    return f"{url.scheme}://{url.netloc.rpartition('@')[2]}{url.path}/{alias()}"
