"""Forms of the administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .models import Municipality


class BilingualAdminForm(WagtailAdminModelForm):
    """A row with texts in both languages; staff may say that the other language is up to date as it is."""

    confirm_translation = forms.BooleanField(
        label=_("The text in the other language is up to date"), required=False
    )

    def save(self, commit: bool = True) -> Any:
        instance = super().save(commit=commit)
        if commit and instance.stale and self.cleaned_data.get("confirm_translation"):
            instance.stale = False
            instance.save(update_fields=["stale"])
        return instance


class AuthorityProfileForm(BilingualAdminForm):
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Municipalities"),
        queryset=Municipality.objects.order_by("name_fi"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those whose residents this authority serves."),
    )


class UnitForm(BilingualAdminForm):
    members = forms.ModelMultipleChoiceField(
        label=_("Members"),
        queryset=get_user_model().objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Staff who work in the unit: they may prepare its participations."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.filter(groups__isnull=False, is_active=True)
        field: forms.ModelMultipleChoiceField = self.fields["members"]
        field.queryset = staff.distinct().order_by("name", "email")


class PopulationForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns municipality;year;language;persons;source. Commas do as well as semicolons, and the "
            "names of the columns may be Finnish, Swedish or English. Leave persons empty where there is no "
            "figure: missing is not zero."
        ),
    )
