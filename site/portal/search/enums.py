from enum import IntEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.processes.enums import Audience, ModerationState


class Tier(IntEnum):
    """By what an entry was found, the best first; an entry's tier is that of its worst word."""

    EXACT = 0
    BASE = 1
    PART = 2
    BEGINNING = 3
    FOLDED = 4
    RELATED = 5


class Since(models.TextChoices):
    """How old what is found may be."""

    MONTH = "month", _("The last 30 days")
    YEAR = "year", _("The last 12 months")


SINCE_DAYS = {Since.MONTH: 30, Since.YEAR: 365}


class TextLanguage(models.TextChoices):
    """Languages of texts on the site; pages have three at most, what people write may be in any."""

    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    OTHER = "other", _("Other language")


class StateChoice(models.TextChoices):
    """What staff can narrow their search down to: states, and the audience that the public is not."""

    PENDING = ModerationState.PENDING.value, ModerationState.PENDING.label
    PUBLISHED = ModerationState.PUBLISHED.value, ModerationState.PUBLISHED.label
    HIDDEN = ModerationState.HIDDEN.value, ModerationState.HIDDEN.label
    PREPARERS = Audience.PREPARERS.value, Audience.PREPARERS.label


class Trouble(models.TextChoices):
    """Why the search server is not asked."""

    SLOW = "slow", _("it does not answer in time")
    AWAY = "away", _("it cannot be reached")
    BUSY = "busy", _("it has too much to do")
    BROKEN = "broken", _("it answers with errors")
    INDEX = "index", _("its index has to be built anew")
