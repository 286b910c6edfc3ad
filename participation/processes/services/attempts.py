"""Many participations in one round: one that raises keeps nothing from the others, and staff see which."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from ..models import EffectFailure, Participation

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Attempts:
    """One round. What raises is rolled back by itself, logged, and left for the next round."""

    def __init__(self) -> None:
        self.failed: dict[int, str] = {}

    def run(self, participation: Participation, act: Callable[[], Result]) -> Result | None:
        try:
            with transaction.atomic():
                return act()
        except Exception as error:
            logger.exception("participation %s stopped at an error", participation.public_id)
            self.failed[participation.pk] = type(error).__name__
            return None

    def keep(self) -> None:
        """Tells staff of those that failed in this round, and takes away what has succeeded since."""
        now = timezone.now()
        EffectFailure.objects.exclude(participation__in=self.failed).delete()
        for key, error in self.failed.items():
            EffectFailure.objects.update_or_create(
                participation_id=key,
                defaults={"error": error[:100], "last_at": now},
                create_defaults={"error": error[:100], "last_at": now, "since": now},
            )
