from django.urls import reverse

from participation.processes.models import Participation


def reports_url(participation: Participation) -> str:
    """The page of a participation's reports in the administration."""
    return reverse("reports:reports", args=[participation.public_id])
