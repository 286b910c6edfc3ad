"""Reads for people: what a user may see of participations, with a constant number of queries."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import ProcessPage


def process_context(page: "ProcessPage") -> dict[str, Any]:
    return {}
