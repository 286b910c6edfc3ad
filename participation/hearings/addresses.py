"""Addresses of a comment: where the public reads it, and its writer's own page of it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from participation.processes.models import Contribution
from participation.processes.receipts import receipt_code


def anchor(comment: Contribution) -> str:
    return f"c-{comment.public_id}"


def section_anchor(number: int) -> str:
    """Where on the hearing's page its section of this number is."""
    return f"section-{number}"


def thread_url(comment: Contribution, language: str) -> str:
    """The comment's thread, at the comment."""
    root = comment.parent if comment.parent is not None else comment
    with override(language):
        return f"{reverse('hearings:thread', args=[root.public_id])}#{anchor(comment)}"


def receipt_url(comment: Contribution, language: str) -> str:
    """Absolute, for messages; whoever has it can withdraw the comment."""
    with override(language):
        path = reverse("hearings:receipt", args=[receipt_code(comment.public_id)])
    return settings.SITE_URL.rstrip("/") + path
