from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ..models import Participation


def by_key(request: HttpRequest, translation_key: UUID) -> HttpResponse:
    """From a page, whose translation key is all the editors' templates know, to its participation."""
    participation = get_object_or_404(Participation, translation_key=translation_key)
    return redirect("participations:settings", participation.public_id)
