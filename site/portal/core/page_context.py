"""What a page's template is given beside the page: the selectors that the apps register for their page types.

So models know nothing of the reads that know them.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

PageSelector = Callable[[Any, HttpRequest], dict[str, Any]]

_selectors: dict[type, PageSelector] = {}


def register(page_type: type, selector: PageSelector) -> None:
    """Called in `AppConfig.ready()`; a subclass of the type is given the same."""
    _selectors[page_type] = selector


def context_of(page: Any, request: HttpRequest) -> dict[str, Any]:
    for page_type in type(page).__mro__:
        if page_type in _selectors:
            return _selectors[page_type](page, request)
    return {}
