"""The settings that the language versions of a participation share, as one form."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.models import AuthorityProfile, Municipality

from ..enums import LifeStage, MeansOfParticipation, TargetGroup
from ..models import Participation, ProcessPage
from .fields import DayField, MomentField
from .rows import up_to_date_field

LANGUAGE_OF_FIELD = {"_fi": "fi", "_sv": "sv-FI"}
SHARED_FIELDS = (
    "opens_at",
    "closes_at",
    "matter_fi",
    "matter_sv",
    "diary_number",
    "legal_basis",
    "deciding_body_fi",
    "deciding_body_sv",
    "planned_meeting",
    "planned_answer",
    "form",
    "process_key",
    "source_language",
    "unit",
    "preparer",
    "presenter",
    "contact_persons",
    "service_area",
    "municipalities",
    "target_groups",
    "life_stages",
    "means",
    "level",
    "moderation_mode",
    "minimum_age",
)
HELP = {
    "matter_fi": _("The matter as it is called in the register of matters."),
    "matter_sv": _("The same in Swedish: both are needed before opening."),
    "diary_number": _("Shown on the page and in the report, so that the matter is found in the register."),
    "legal_basis": _("The provision that the hearing rests on. It may set a shortest time."),
    "planned_answer": _("The day by which you tell what came of it. Shown on the page."),
    "process_key": _("The longer process that this belongs to, if any."),
    "source_language": _("The language the text is written in first; the other one is compared with it."),
    "unit": _("Its members are told when something needs doing."),
    "contact_persons": _("Shown on the page with telephone number and e-mail address."),
    "level": _("People are asked to log in only when the matter demands it."),
    "moderation_mode": _("Texts that seem to hold personal data wait for a moderator in every case."),
    "minimum_age": _("Empty: no minimum age. Needs a reason in the matter itself."),
}
Rows = tuple[tuple[str, ...], ...]
GROUPS: tuple[tuple[Any, Rows], ...] = (
    (_("When"), (("opens_at", "closes_at"), ("planned_meeting", "planned_answer"))),
    (
        _("The matter"),
        (
            ("matter_fi", "matter_sv"),
            ("diary_number", "legal_basis"),
            ("deciding_body_fi", "deciding_body_sv"),
            ("form", "process_key", "source_language"),
        ),
    ),
    (_("Who is responsible"), (("unit",), ("preparer", "presenter"), ("contact_persons",))),
    (
        _("Whom it concerns"),
        (("service_area",), ("municipalities",), ("target_groups",), ("life_stages",), ("means",)),
    ),
    (_("How people take part"), (("level", "moderation_mode", "minimum_age"),)),
)


class SettingsForm(forms.ModelForm):
    """Base of the form of each kind of participation; what has opened has no dates to edit here."""

    opens_at = MomentField(
        label=_("Opens"), required=False, help_text=_("Without a time: at the beginning of the day.")
    )
    closes_at = MomentField(
        label=_("Last day to comment"),
        required=False,
        ends=True,
        help_text=_("Without a time: until the end of the day."),
    )
    planned_meeting = DayField(
        label=_("Planned meeting"), required=False, help_text=_("When the deciding body means to decide.")
    )
    planned_answer = DayField(label=_("Planned answer date"), required=False)
    process_key = forms.TypedChoiceField(label=_("Process"), required=False, coerce=UUID, empty_value=None)
    target_groups = forms.MultipleChoiceField(
        label=_("Target groups"),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    life_stages = forms.MultipleChoiceField(
        label=_("Life stages"),
        choices=LifeStage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    means = forms.MultipleChoiceField(
        label=_("Means of participation"),
        choices=MeansOfParticipation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, fixed: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed = frozenset(fixed)
        if self.instance.stale:
            self.fields["up_to_date"] = up_to_date_field()
        for name in self.fixed & set(self.fields):
            del self.fields[name]
        self._offer_choices()
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            language = LANGUAGE_OF_FIELD.get(name[-3:])
            if language:
                field.widget.attrs["lang"] = language

    def _offer_choices(self) -> None:
        key = self.fields["process_key"]
        key.choices = [("", _("None")), *_processes()]  # type: ignore[attr-defined]
        municipalities = self.fields["municipalities"]
        municipalities.queryset = _municipalities()  # type: ignore[attr-defined]
        for name in ("municipalities", "contact_persons"):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=self.fields[name].choices)  # type: ignore[attr-defined]

    def clean_target_groups(self) -> list[str]:
        return _in_order(self.cleaned_data["target_groups"], TargetGroup.values)

    def clean_life_stages(self) -> list[str]:
        return _in_order(self.cleaned_data["life_stages"], LifeStage.values)

    def clean_means(self) -> list[str]:
        return _in_order(self.cleaned_data["means"], MeansOfParticipation.values)

    @cached_property
    def groups(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """Field sets in the order of the page; what only this kind has stands with how people take part."""
        own = tuple(name for name in self.fields if name not in (*SHARED_FIELDS, "up_to_date"))
        found = []
        for legend, rows in GROUPS:
            shown = (*rows, own) if "level" in rows[0] else rows
            bound = [[self[name] for name in row if name in self.fields] for row in shown]
            found.append((legend, [row for row in bound if row]))
        return found


def _in_order(chosen: list[str], order: list[str]) -> list[str]:
    return [value for value in order if value in chosen]


def _processes() -> list[tuple[str, str]]:
    """Processes by translation key, in the present language where there is one."""
    language = (get_language() or "fi")[:2]
    rows = ProcessPage.objects.order_by("draft_title").values_list(
        "translation_key", "draft_title", "locale__language_code"
    )
    found: dict[str, str] = {}
    for key, title, code in rows:
        if code == language or str(key) not in found:
            found[str(key)] = title
    return list(found.items())


def _municipalities() -> Any:
    rows = Municipality.objects.filter(pk__in=AuthorityProfile.load().municipalities.all())
    return rows.order_by("name_sv" if get_language() == "sv" else "name_fi")


def settings_form_class(model: type[Participation]) -> type[SettingsForm]:
    """The form of a kind: the shared settings and every editable column of its own."""
    shared = {field.name for field in Participation._meta.get_fields()}
    own = [
        field.name
        for field in model._meta.fields
        if field.editable and field.name not in shared and not field.is_relation
    ]
    made: type[SettingsForm] = forms.modelform_factory(  # type: ignore[assignment]
        model, form=SettingsForm, fields=[*SHARED_FIELDS, *own]
    )
    return made
