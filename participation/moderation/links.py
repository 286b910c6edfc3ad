"""Ways to the moderators' desk from other screens of the staff."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.processes.models import Participation
from participation.processes.permissions import may_moderate
from portal.accounts.models import User

from .enums import QueueFilter
from .selectors import to_do_counts

LABELS = {
    QueueFilter.WAITING: _("waiting for moderation"),
    QueueFilter.REPORTED: _("reported as inappropriate"),
    QueueFilter.REVIEW: _("waiting for a review"),
}


def queue_of(participation: Participation) -> str:
    query = {"shown": QueueFilter.ALL.value, "participation": participation.public_id}
    return f"{reverse('moderation_admin:queue')}?{urlencode(query)}"


def waiting(user: User) -> list[tuple[Promise | str, int, str]]:
    """For the front page of the administration; nothing for those who do not moderate."""
    if not may_moderate(user):
        return []
    address = reverse("moderation_admin:queue")
    return [
        (LABELS[shown], count, f"{address}?{urlencode({'shown': shown.value})}")
        for shown, count in to_do_counts().items()
    ]
