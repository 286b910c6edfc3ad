from .acts import EffectFailure, FiredEffect, ParticipationAct, TranslationConfirmation
from .contribution import Contribution, ContributorAddress
from .page import ParticipationPage
from .participation import Attachment, LegalBasis, Part, Participation, ServiceArea
from .process import ProcessPage

__all__ = [
    "Attachment",
    "Contribution",
    "ContributorAddress",
    "EffectFailure",
    "FiredEffect",
    "LegalBasis",
    "Part",
    "Participation",
    "ParticipationAct",
    "ParticipationPage",
    "ProcessPage",
    "ServiceArea",
    "TranslationConfirmation",
]
