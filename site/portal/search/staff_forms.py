"""What narrows the staff's search down."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participation.processes.enums import ContributionLanguage

from .enums import StateChoice

ANY = ("", _("All"))
LANGUAGES = [(value, capfirst(label)) for value, label in ContributionLanguage.choices]


@dataclass(frozen=True, slots=True)
class StaffFilters:
    """Empty fields ask for everything."""

    state: str = ""
    language: str = ""
    organisation: UUID | None = None
    participation: UUID | None = None


class StaffFilterForm(forms.Form):
    """Bad values are ignored: a filter never fails."""

    state = forms.ChoiceField(label=_("State"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[ANY, *LANGUAGES], required=False)
    organisation = forms.ChoiceField(label=_("Writer's organisation"), required=False)
    participation = forms.ChoiceField(label=_("Participation"), required=False)

    def __init__(
        self, *args: Any, states: list[StateChoice], organisations: Any, participations: Any
    ) -> None:
        super().__init__(*args)
        choices = {
            "state": [(state.value, state.label) for state in states],
            "organisation": organisations,
            "participation": participations,
        }
        for name, found in choices.items():
            self.fields[name].choices = [ANY, *found]  # type: ignore[attr-defined]

    def filters(self) -> StaffFilters:
        self.is_valid()
        given = self.cleaned_data
        return StaffFilters(
            state=given.get("state", ""),
            language=given.get("language", ""),
            organisation=UUID(given["organisation"]) if given.get("organisation") else None,
            participation=UUID(given["participation"]) if given.get("participation") else None,
        )
