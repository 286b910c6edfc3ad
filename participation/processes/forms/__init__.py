from .acts import ActForm, CopyForm, NewClosingForm, ReasonForm
from .settings import AttachmentFormSet, PartFormSet, SettingsForm, settings_form_class

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
