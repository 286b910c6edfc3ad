"""Acts that change a fact: the reason in both languages, and what else the act needs."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.core.models import AuthorityProfile

from ..models import ParticipationPage
from .fields import MomentField

REASON_HELP = _("Shown on the page. Write so that a reader who knows nothing of it understands.")


class ActForm(forms.Form):
    """An act without anything to fill in."""


class ReasonForm(ActForm):
    """A reason in every public language, asked for by the service when it is needed."""

    reason_fi = forms.CharField(
        label=_("Reason in Finnish"),
        help_text=REASON_HELP,
        widget=forms.Textarea({"rows": 4, "lang": "fi"}),
        required=False,
    )
    reason_sv = forms.CharField(
        label=_("Reason in Swedish"),
        help_text=REASON_HELP,
        widget=forms.Textarea({"rows": 4, "lang": "sv-FI"}),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = AuthorityProfile.load().languages
        for code in ("fi", "sv"):
            if code not in wanted:
                del self.fields[f"reason_{code}"]

    def arguments(self) -> dict[str, Any]:
        found = self.cleaned_data
        return found | {name: found.get(name, "") for name in ("reason_fi", "reason_sv")}


class NewClosingForm(ReasonForm):
    closes_at = MomentField(
        label=_("New last day to comment"),
        ends=True,
        help_text=_("Without a time: until the end of the day."),
    )
    field_order = ("closes_at", "reason_fi", "reason_sv")


class CopyForm(forms.Form):
    """Title and address of each language version of the copy."""

    def __init__(self, *args: Any, originals: dict[str, ParticipationPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.originals = originals
        labels = {
            "fi": (_("Title in Finnish"), _("Address of the page in Finnish")),
            "sv": (_("Title in Swedish"), _("Address of the page in Swedish")),
        }
        for code, page in originals.items():
            label, slug_label = labels[code]
            self.fields[f"title_{code}"] = forms.CharField(
                label=label, initial=page.draft_title, max_length=255, widget=forms.TextInput({"lang": code})
            )
            self.fields[f"slug_{code}"] = forms.SlugField(
                label=slug_label,
                required=False,
                max_length=255,
                help_text=_("The last part of the address. Empty: made from the title."),
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for code, page in self.originals.items():
            slug = found.get(f"slug_{code}")
            if slug and not self._is_free(page, slug):
                self.add_error(f"slug_{code}", _("Another page here has this address."))
        return found

    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"title_{code}"] for code in self.originals}

    def slugs(self) -> dict[str, str]:
        """As given, else from the title; empty where the service has to find a free one."""
        return {code: self._slug(code, page) for code, page in self.originals.items()}

    def _slug(self, code: str, page: ParticipationPage) -> str:
        given = str(self.cleaned_data[f"slug_{code}"])
        made = slugify(self.cleaned_data[f"title_{code}"])[:200]
        return given or (made if made and self._is_free(page, made) else "")

    def _is_free(self, page: ParticipationPage, slug: str) -> bool:
        return not page.get_siblings().filter(slug=slug).exists()
