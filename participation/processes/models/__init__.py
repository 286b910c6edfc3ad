from .acts import FiredEffect, ParticipationAct, TranslationConfirmation
from .contribution import Contribution, ContributorAddress
from .page import ParticipationPage
from .participation import Attachment, LegalBasis, Part, Participation, ServiceArea
from .process import ProcessPage

__all__ = [
    "Attachment",
    "Contribution",
    "ContributorAddress",
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
