from typing import Any

from django.http import HttpRequest

from participation.processes.selectors import contacts

from .models import InformationPage


def information_context(page: InformationPage, request: HttpRequest) -> dict[str, Any]:
    """What information_page.html shows."""
    return {"contacts": contacts(page.contact_persons.select_related("unit"))}
