from .acts import ActForm, CopyForm, NewClosingForm, ReasonForm
from .rows import AttachmentFormSet, PartFormSet
from .settings import SettingsForm, settings_form_class

__all__ = [
    "ActForm",
    "AttachmentFormSet",
    "CopyForm",
    "NewClosingForm",
    "PartFormSet",
    "ReasonForm",
    "SettingsForm",
    "settings_form_class",
]
