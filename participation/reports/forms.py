from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.enums import Language

from .enums import ReportFormat


class ReportForm(forms.Form):
    """What an official chooses before pressing the one button; everything is chosen beforehand."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    formats = forms.MultipleChoiceField(
        label=_("Files"), choices=ReportFormat.choices, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"languages": Language.values, "formats": ReportFormat.values})
        super().__init__(*args, **kwargs)
