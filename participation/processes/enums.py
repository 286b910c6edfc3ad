"""The vocabulary of participation: every list of choices that more than one app speaks."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ParticipationForm(models.TextChoices):
    """The four forms of participation of the region's participation programme."""

    INFORMATION = "information", _("Get information")
    ACTION = "action", _("Act with us")
    PLANNING = "planning", _("Plan with us")
    DECISION = "decision", _("Influence decisions")


class State(models.TextChoices):
    """Computed from stored facts and the moment, never stored (`state.py`)."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    SCHEDULED = "scheduled", pgettext_lazy("state", "Coming")
    OPEN = "open", pgettext_lazy("state", "Open")
    CLOSED = "closed", pgettext_lazy("state", "Closed")
    ANSWERED = "answered", pgettext_lazy("state", "Answered")
    CANCELLED = "cancelled", pgettext_lazy("state", "Cancelled")


PUBLIC_STATES = frozenset({State.SCHEDULED, State.OPEN, State.CLOSED, State.ANSWERED, State.CANCELLED})
ENDED_STATES = frozenset({State.CLOSED, State.ANSWERED, State.CANCELLED})


class Level(models.TextChoices):
    """Who may contribute."""

    CLOSED = "closed", _("Nobody")
    OPEN = "open", _("Everybody, without an account")
    REGISTERED = "registered", _("Those who have logged in")
    STRONG = "strong", _("Those who have identified themselves strongly")


class ModerationMode(models.TextChoices):
    """When contributions are shown."""

    AT_ONCE = "at_once", _("Shown at once")
    AFTER_MODERATION = "after_moderation", _("Shown after moderation")
    AFTER_CLOSING = "after_closing", _("Shown after closing")
    SUMMARY_ONLY = "summary_only", _("Only in the summary")


class ModerationState(models.TextChoices):
    PENDING = "pending", _("Waiting for moderation")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn by the writer")
    REMOVED = "removed", _("Removed at the writer's request")


LEFT_STATES = frozenset({ModerationState.WITHDRAWN, ModerationState.REMOVED})
"""States in which a contribution has left public view and later reports for good."""


class DeviceUse(StrEnum):
    """What a device is told again for: each use has keys of its own."""

    CONTRIBUTING = "contributing"
    SUPPORTING = "supporting"
    REPORTING = "reporting"


class HoldReason(models.TextChoices):
    """Why a text waits for a moderator though the hearing shows texts at once; told to the writer."""

    IDENTITY_CODE = "identity_code", _("it seems to hold a personal identity code")
    CONTACT_DETAILS = "contact_details", _("it seems to hold contact details")
    HEALTH_DATA = "health_data", _("it seems to hold health data")
    REPEATED_TEXT = "repeated_text", _("the same text has been sent before")
    MANY_FROM_DEVICE = "many_from_device", _("many comments have come from the same device")
    MANY_FROM_ADDRESS = "many_from_address", _("many comments have come from the same network")
    SENT_FAST = "sent_fast", _("it was sent unusually fast")
    TRAP_FILLED = "trap_filled", _("a field that people do not see was filled in")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Public")
    PREPARERS = "preparers", _("Only for the preparers")


class Channel(models.TextChoices):
    WEB = "web", _("Web")
    DESK = "desk", _("Service point")
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    EVENT = "event", _("Event")
    IMPORT = "import", _("Import")


class ContributionLanguage(models.TextChoices):
    """The language a contribution was written in, by its writer's choice."""

    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    OTHER = "other", _("Other language")


class AgeClass(models.TextChoices):
    """The age classes of the whole platform."""

    NOT_SAID = "not_said", _("Rather not say")
    UNDER_15 = "under_15", _("Under 15")
    FROM_15_TO_17 = "15_17", _("15–17")
    FROM_18_TO_29 = "18_29", _("18–29")
    FROM_30_TO_44 = "30_44", _("30–44")
    FROM_45_TO_64 = "45_64", _("45–64")
    FROM_65_TO_74 = "65_74", _("65–74")
    FROM_75 = "75_plus", _("75 or over")


MINOR_CLASSES = frozenset({AgeClass.UNDER_15, AgeClass.FROM_15_TO_17})


class Role(models.TextChoices):
    """In what role somebody contributes, as stated."""

    NOT_SAID = "not_said", _("Rather not say")
    RESIDENT = "resident", _("Resident")
    SERVICE_USER = "service_user", _("Service user")
    RELATIVE = "relative", _("Relative or close person")
    ORGANISATION = "organisation", _("Organisation")
    COMPANY = "company", _("Company")
    STAFF = "staff", _("Staff or professional")
    ELECTED = "elected", _("Elected official")
    OTHER = "other", _("Other")


class PlaceOutside(models.TextChoices):
    """Answers to "municipality" beside the codes of the profile's municipalities."""

    NOT_SAID = "not_said", _("Rather not say")
    OTHER_FINLAND = "other_finland", _("Elsewhere in Finland")
    ABROAD = "abroad", _("Abroad")


class TargetGroup(models.TextChoices):
    """Whom a participation concerns."""

    EVERYBODY = "everybody", _("All residents")
    CHILDREN = "children", _("Children")
    YOUNG = "young", _("Young people")
    FAMILIES = "families", _("Families with children")
    WORKING_AGE = "working_age", _("People of working age")
    OLDER = "older", _("Older people")
    DISABLED = "disabled", _("People with disabilities")
    SERVICE_USERS = "service_users", _("Service users")
    CARERS = "carers", _("Carers and close persons")
    ORGANISATIONS = "organisations", _("Organisations")
    COMPANIES = "companies", _("Companies")
    STAFF = "staff", _("Staff")


class LifeStage(models.TextChoices):
    EXPECTING = "expecting", _("Expecting a child")
    CHILDHOOD = "childhood", _("Childhood")
    YOUTH = "youth", _("Youth")
    ADULTHOOD = "adulthood", _("Adulthood")
    OLD_AGE = "old_age", _("Old age")


class MeansOfParticipation(models.TextChoices):
    """Ways to take part and influence: Act on Wellbeing Services Counties (611/2021), section 29."""

    EVENTS = "events", _("Discussion and hearing events, resident panels")
    OPINIONS = "opinions", _("Finding out residents' opinions before decisions")
    REPRESENTATIVES = "representatives", _("Choosing service users' representatives to bodies")
    PLANNING = "planning", _("Planning and developing services together with service users")
    ECONOMY = "economy", _("Taking part in planning the county's finances")
    SELF_INITIATED = (
        "self_initiated",
        _("Supporting residents' and organisations' own planning and preparation"),
    )


class ProcessStage(models.TextChoices):
    PLANNING = "planning", _("Planning")
    DEVELOPMENT = "development", _("Development")
    IMPLEMENTATION = "implementation", _("Implementation")
    EVALUATION = "evaluation", _("Evaluation")


class ActKind(models.TextChoices):
    """Acts that change a fact of a participation; each keeps who, when and why."""

    SETTINGS = "settings", _("Settings changed")
    WAIVE = "waive", _("Opened without every language")
    CONFIRM = "confirm", _("Translation confirmed")
    REVIEW = "review", _("Reviewed")
    EXTEND = "extend", _("Time extended")
    REOPEN = "reopen", _("Reopened")
    CANCEL = "cancel", _("Cancelled")
    ANSWER = "answer", _("Answered")
    COPY = "copy", _("Copied")


class Effect(models.TextChoices):
    """What beat does once when a moment has passed."""

    OPENED = "opened", _("Opened")
    CLOSED = "closed", _("Closed")
    GATE_SHUT = "gate_shut", _("Could not open")


class AttachmentLanguage(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    BOTH = "both", _("Finnish and Swedish")
