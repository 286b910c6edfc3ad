"""What the front page and the index pages list, in a constant number of queries."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import FormIndexPage, HomePage


def home_context(page: "HomePage") -> dict[str, Any]:
    return {}


def form_context(page: "FormIndexPage", query: Mapping[str, str]) -> dict[str, Any]:
    return {}
