from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from participation.processes.enums import ContributionLanguage, HoldReason
from participation.processes.staff_selectors import titles
from portal.core.forms import PlainTextField

from .enums import ACTS_IN_BULK, ACTS_ON_NAME, ACTS_WITH_REASON, ActKind, QueueFilter, Reason
from .selectors import QueueQuery, participations_with_contributions

ANY = ("", _("All"))
NOTE_HELP = _("Sent to the writer when an address is known. Write in the writer's language.")


def _reasons() -> list[tuple[str, Any]]:
    return [("", _("Choose a reason")), *Reason.choices]


class QueueFilterForm(forms.Form):
    """What a moderator asks to see. Bad values are ignored: a filter never fails."""

    shown = forms.ChoiceField(label=_("List"), choices=QueueFilter.choices, required=False)
    participation = forms.ChoiceField(label=_("Participation"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[ANY, *ContributionLanguage.choices], required=False
    )
    held_for = forms.ChoiceField(label=_("Held because"), choices=[ANY, *HoldReason.choices], required=False)
    since = forms.DateField(label=_("Received from"), required=False)
    until = forms.DateField(label=_("Received until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(participations_with_contributions())
        names = titles(rows, get_language() or "fi")
        choices = [(str(row.public_id), names[row.translation_key]) for row in rows]
        self.fields["participation"].choices = [ANY, *choices]  # type: ignore[attr-defined]
        for name in ("since", "until"):
            self.fields[name].widget.attrs.update(placeholder="30.11.2026", size=12)

    def query(self) -> QueueQuery:
        self.is_valid()
        found = self.cleaned_data
        return QueueQuery(
            shown=QueueFilter(found.get("shown") or QueueFilter.WAITING),
            participation=UUID(found["participation"]) if found.get("participation") else None,
            language=found.get("language", ""),
            held_for=found.get("held_for", ""),
            since=found.get("since"),
            until=found.get("until"),
        )


def _acts(*kinds: ActKind) -> list[tuple[str, Any]]:
    return [(kind.value, kind.label) for kind in kinds]


class DecisionForm(forms.Form):
    """One decision on one contribution, or on many: what, why, and a word to the writer."""

    act = forms.ChoiceField(label=_("Decision"), choices=_acts(*ACTS_IN_BULK))
    reason = forms.ChoiceField(label=_("Reason"), choices=_reasons, required=False)
    note = forms.CharField(
        label=_("Message to the writer"),
        help_text=NOTE_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("act") in ACTS_WITH_REASON:
            if not found.get("reason"):
                self.add_error("reason", _("Choose a reason: it is told to the writer."))
            elif found["reason"] == Reason.OTHER and not found.get("note", "").strip():
                self.add_error("note", _("Write to the writer what the other reason is."))
        return found


class RedactionForm(DecisionForm):
    text = PlainTextField(
        label=_("Text shown"),
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={
            "required": _("Nothing would be left of the text. Hide the contribution instead."),
        },
    )
    publish = forms.BooleanField(label=_("Publish at the same time"), required=False)
    act = forms.ChoiceField(
        choices=_acts(ActKind.REDACT),
        widget=forms.HiddenInput,
        initial=ActKind.REDACT.value,
    )


class NameForm(DecisionForm):
    act = forms.ChoiceField(choices=_acts(*ACTS_ON_NAME), widget=forms.HiddenInput)


FORMS: dict[str, type[DecisionForm]] = {"redaction": RedactionForm, "name_shown": NameForm}
"""Forms of a contribution's page beside the first one, by the prefix of their fields."""


def form_sent(data: QueryDict) -> tuple[str, DecisionForm]:
    """Which of the page's forms was sent, and the form."""
    for name, form in FORMS.items():
        if f"{name}-act" in data:
            return name, form(data, prefix=name)
    return "decision", DecisionForm(data)
