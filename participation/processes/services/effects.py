"""What happens when a moment passes: fired by beat, each effect once per participation and moment."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from portal.audit.services import record
from portal.core.enums import Language
from portal.core.page_cache import purge_on_commit
from portal.mail.services import queue

from ..enums import Effect
from ..models import FiredEffect, Participation
from ..selectors import staff_of
from . import gate
from .attempts import Attempts


def fire_due(now: dt.datetime | None = None) -> int:
    """Fires every effect whose moment has passed and returns how many were fired now.

    The gate of what has not opened yet is looked at again first: a row beside the pages may have been
    completed since, or a page have become private. A participation that raises is left for the next time.
    """
    now = now or timezone.now()
    attempts = Attempts()
    published = Participation.objects.filter(cancelled_at=None, published_at__isnull=False)
    shut = Q(gate_met_at=None, gate_waived_at=None)
    gate.refresh_waiting(attempts)
    due = [
        (Effect.GATE_SHUT, "opens_at", published.filter(shut, opens_at__lte=now)),
        (Effect.OPENED, "opens_at", published.exclude(shut).filter(opens_at__lte=now)),
        (Effect.CLOSED, "closes_at", published.exclude(shut).filter(closes_at__lte=now)),
    ]
    fired = 0
    for effect, moment, participations in due:
        already = FiredEffect.objects.filter(
            participation=OuterRef("pk"), effect=effect, moment=OuterRef(moment)
        )
        for row in list(participations.filter(~Exists(already)).annotate(moment=F(moment))):
            fired += bool(attempts.run(row, partial(_fire, row, effect, row.moment)))
    attempts.keep()
    return fired


@transaction.atomic
def _fire(participation: Participation, effect: Effect, moment: dt.datetime) -> bool:
    _row, created = FiredEffect.objects.get_or_create(
        participation=participation, effect=effect, moment=moment
    )
    if not created:
        return False
    record(
        verb=f"participation.{effect}",
        kind="participation",
        public_id=str(participation.public_id),
        participation=participation,
    )
    if effect == Effect.GATE_SHUT:
        _tell_staff(participation)
    purge_on_commit()
    return True


def _language_name(code: str, language: str) -> str:
    with override(language):
        return str(Language(code).label)


def _tell_staff(participation: Participation) -> None:
    report = gate.examine(participation)
    for person in staff_of(participation):
        queue(
            to=person.email,
            language=person.language,
            template="processes/gate_shut",
            context={
                "participation": str(participation),
                "public_id": str(participation.public_id),
                "languages": [
                    _language_name(status.language, person.language)
                    for status in report.languages
                    if not status.complete
                ],
            },
            related=participation.public_id,
        )
