"""Attachments and parts: the rows that stand below the settings in the same form."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..models import Attachment, Part, Participation
from ..services.settings import plain
from .documents import Choice, DocumentChooser, latest_documents


def up_to_date_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("The text in the other language is up to date"), required=False)


class AttachmentForm(forms.ModelForm):
    """Title and summary in both languages whatever language the file is in."""

    class Meta:
        model = Attachment
        fields: ClassVar = (
            "document",
            "language",
            "part",
            "order",
            "title_fi",
            "title_sv",
            "summary_fi",
            "summary_sv",
        )
        widgets: ClassVar = {
            "document": DocumentChooser,
            "summary_fi": forms.Textarea({"rows": 3, "lang": "fi"}),
            "summary_sv": forms.Textarea({"rows": 3, "lang": "sv-FI"}),
            "title_fi": forms.TextInput({"lang": "fi"}),
            "title_sv": forms.TextInput({"lang": "sv-FI"}),
        }
        help_texts: ClassVar = {
            "summary_fi": _("Needed when the file is not in Finnish."),
            "summary_sv": _("Needed when the file is not in Swedish."),
            "part": _("Empty: belongs to the whole."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        if self.instance.stale:
            self.fields["up_to_date"] = up_to_date_field()

    def clean_order(self) -> int:
        return self.cleaned_data["order"] or 0

    def save(self, commit: bool = True) -> Attachment:
        attachment: Attachment = super().save(commit=commit)
        if commit and attachment.stale and self.cleaned_data.get("up_to_date"):
            attachment.stale = False
            attachment.save(update_fields=["stale"])
        return attachment


class BaseAttachmentFormSet(forms.BaseInlineFormSet):
    """Parts are offered by their titles."""

    @cached_property
    def latest_documents(self) -> list[Choice]:
        return latest_documents()

    def __init__(self, *args: Any, part_titles: dict[int, str] | None = None, **kwargs: Any) -> None:
        self.part_titles = part_titles or {}
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["document"].widget.latest = self.latest_documents
        form.fields["part"].queryset = Part.objects.filter(participation=self.instance)  # type: ignore[attr-defined]
        form.fields["part"].label_from_instance = lambda part: self.part_titles.get(part.pk, "–")  # type: ignore[attr-defined]

    def plain(self) -> list[list[Any]]:
        """What the form says, comparable with `services.settings.plain_attachments`."""
        rows = []
        for form in self.forms:
            found = form.cleaned_data
            if found and not found.get("DELETE") and (form.instance.pk or form.has_changed()):
                rows.append(
                    [
                        str(form.instance.public_id) if form.instance.pk else "",
                        *(_key(found[name]) for name in AttachmentForm.Meta.fields),
                        *(["up_to_date"] if found.get("up_to_date") else []),
                    ]
                )
        return sorted(rows, key=str)


def _key(value: Any) -> Any:
    return plain(value) if value not in (None, "") else ""


AttachmentFormSet = forms.inlineformset_factory(
    Participation,
    Attachment,
    form=AttachmentForm,
    formset=BaseAttachmentFormSet,
    extra=1,
    can_delete=True,
)


class PartForm(forms.ModelForm):
    """A part's own level; a part with contributions can be closed, never removed."""

    closed = forms.BooleanField(label=_("Takes no more comments"), required=False)

    class Meta:
        model = Part
        fields: ClassVar = ("level",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed"].initial = self.instance.closed_at is not None
        level = self.fields["level"]
        level.choices = [("", _("As in the whole")), *level.choices[1:]]  # type: ignore[attr-defined]


class BasePartFormSet(forms.BaseModelFormSet):
    def plain(self) -> dict[str, list[Any]]:
        """What the form says, comparable with `services.settings.plain_parts`."""
        return {
            str(form.instance.public_id): [form.cleaned_data["level"], form.cleaned_data["closed"]]
            for form in self.forms
            if form.cleaned_data
        }


PartFormSet = forms.modelformset_factory(Part, form=PartForm, formset=BasePartFormSet, extra=0)
