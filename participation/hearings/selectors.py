"""What people see of a hearing, in a constant number of queries."""

from typing import Any

from django.http import HttpRequest

from .models import HearingPage


def hearing_context(page: HearingPage, request: HttpRequest) -> dict[str, Any]:
    """What hearing_page.html shows; registered in `apps.py` with portal.core.page_context."""
    return {}
