"""The comment form, in ordinary and in easy language, and the form for reporting a comment."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.moderation.enums import ReportReason
from participation.processes.enums import AgeClass, Audience, ContributionLanguage, PlaceOutside, Role
from participation.processes.plain_text import one_line, plain_text
from portal.core.forms import GovukForm, PlainTextField

from .services import Draft

Choices = Sequence[tuple[str, Any]]
LANGUAGES = [
    (ContributionLanguage.FINNISH, _("In Finnish")),
    (ContributionLanguage.SWEDISH, _("In Swedish")),
    (ContributionLanguage.OTHER, _("In another language")),
]


class CleanTextField(PlainTextField):
    """Text as it will be kept; checked after cleaning, so that a stray control character harms nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=True, **kwargs)
        self.validators = [check for check in self.validators if isinstance(check, MaxLengthValidator)]

    def to_python(self, value: Any) -> str:
        return plain_text(super().to_python(value) or "")


class CleanLineField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [check for check in self.validators if isinstance(check, MaxLengthValidator)]

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class TrapField(forms.CharField):
    """A field for machines: people neither see it nor reach it by keyboard."""

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
        label = _("Leave this empty")
        super().__init__(required=False, label=label, widget=widget)
        self.template_name = "govuk/trap.html"


class CommentForm(GovukForm):
    """One form for comments on the whole hearing, on a section, and for replies.

    It is the same for everyone who gets a cached copy of the page; nothing in it is a visitor's own.
    """

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    reply = forms.UUIDField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(label=_("What is your comment about?"), required=False)
    text = CleanTextField(
        label=_("Your comment"),
        max_length=settings.COMMENT_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Do not write health data, personal identity codes or contact details, "
            "your own or other people's. "
            "A comment that seems to hold them is read by a moderator before it is shown."
        ),
        error_messages={
            "required": _("Write your comment."),
            "max_length": _(
                "The comment is %(show_value)d characters long. "
                "Shorten it to at most %(limit_value)d characters."
            ),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of your comment"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language of your comment.")},
    )
    display_name = CleanLineField(
        label=_("Name shown with the comment"),
        required=False,
        max_length=80,
        help_text=_("You do not have to give a name. The name of anyone under 18 is not published."),
        error_messages={
            "max_length": _("The name is too long. Shorten it to at most %(limit_value)d characters.")
        },
    )
    municipality = forms.ChoiceField(label=_("Home municipality"), required=False)
    age_class = forms.ChoiceField(label=_("Age"), required=False, choices=AgeClass.choices)
    role = forms.ChoiceField(label=_("I comment as"), required=False, choices=Role.choices)
    preparers_only = forms.BooleanField(
        label=_("Show my comment only to the preparers"),
        required=False,
        help_text=_(
            "It is then not shown on this page. It is an official document all the same: "
            "anyone can ask the authority for it."
        ),
    )
    email = forms.EmailField(
        label=_("E-mail address for a receipt"),
        required=False,
        max_length=254,
        help_text=_(
            "We send the receipt to it and tell you if your comment is hidden. It is never published."
        ),
        error_messages={
            "invalid": _(
                "Write the e-mail address in full, such as name@example.fi, or leave the field empty."
            )
        },
    )
    as_official = forms.BooleanField(label=_("Answer in the authority's name"), required=False)
    website = TrapField()

    control_classes = {
        "municipality": "govuk-!-width-one-half",
        "age_class": "govuk-!-width-one-half",
        "role": "govuk-!-width-one-half",
        "display_name": "govuk-input--width-20",
        "email": "govuk-input--width-20",
    }
    unmarked_fields = frozenset({"part", "preparers_only", "municipality", "age_class", "role", "website"})

    def __init__(
        self,
        *args: Any,
        municipalities: Choices = (),
        parts: Choices = (),
        is_reply: bool = False,
        may_answer: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(PlaceOutside.NOT_SAID.value, PlaceOutside.NOT_SAID.label), *municipalities]
        outside = (PlaceOutside.OTHER_FINLAND, PlaceOutside.ABROAD)
        choices += [(place.value, place.label) for place in outside]
        self._choose("municipality", choices)
        self._choose("part", [("", _("The whole matter")), *parts])
        if is_reply or not parts:
            self.fields["part"].widget = forms.HiddenInput()
        if not may_answer:
            del self.fields["as_official"]

    def _choose(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was not answered is "rather not say"."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("municipality", "age_class", "role"):
            cleaned[name] = cleaned.get(name) or "not_said"
        return cleaned

    def draft(self, page_language: str) -> Draft:
        data = self.cleaned_data
        return Draft(
            text=data["text"],
            language=data["language"],
            part_id=uuid.UUID(data["part"]) if data["part"] and not data["reply"] else None,
            parent_id=data["reply"],
            display_name=data["display_name"],
            municipality=data["municipality"],
            age_class=data["age_class"],
            role=data["role"],
            audience=Audience.PREPARERS if data["preparers_only"] else Audience.PUBLIC,
            email=data["email"],
            email_language=page_language,
            as_official=data.get("as_official", False),
            trapped=bool(data["website"]),
        )


class EasyCommentForm(CommentForm):
    """The same questions in easy language; what is sent is the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in EASY_TEXTS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        for name, messages in EASY_ERRORS.items():
            self.fields[name].error_messages.update(messages)


EASY_TEXTS: dict[str, tuple[Any, Any]] = {
    "part": (pgettext_lazy("easy", "What do you write about?"), ""),
    "text": (
        pgettext_lazy("easy", "Write your opinion here"),
        pgettext_lazy(
            "easy",
            "Do not write about your illnesses. Do not write your identity code, "
            "your address or your telephone number.",
        ),
    ),
    "language": (pgettext_lazy("easy", "What language do you write in?"), ""),
    "display_name": (
        pgettext_lazy("easy", "What name do we show?"),
        pgettext_lazy(
            "easy", "You do not need to write a name. If you are under 18, we do not show your name."
        ),
    ),
    "municipality": (pgettext_lazy("easy", "Where do you live?"), ""),
    "age_class": (pgettext_lazy("easy", "How old are you?"), ""),
    "role": (pgettext_lazy("easy", "Who are you?"), ""),
    "preparers_only": (
        pgettext_lazy("easy", "Do not show my opinion on the page"),
        pgettext_lazy(
            "easy",
            "Then only the people who prepare the matter read it. "
            "But anyone can ask the authority to see it.",
        ),
    ),
    "email": (
        pgettext_lazy("easy", "Your e-mail address"),
        pgettext_lazy("easy", "You do not need to write it. If you write it, we send you a message."),
    ),
}
EASY_ERRORS = {
    "text": {
        "required": pgettext_lazy("easy", "Write your opinion. The field is empty."),
        "max_length": pgettext_lazy("easy", "Your text is too long. It can have %(limit_value)d characters."),
    },
    "language": {"required": pgettext_lazy("easy", "Choose your language.")},
    "email": {"invalid": pgettext_lazy("easy", "The e-mail address is not right. Check it or leave it out.")},
}


class ReportForm(GovukForm):
    """Anyone's report that a comment is inappropriate."""

    reason = forms.ChoiceField(
        label=_("What is wrong with the comment?"),
        choices=ReportReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with the comment.")},
    )
    text = CleanTextField(
        label=_("Tell more"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _(
                "The text is %(show_value)d characters long. "
                "Shorten it to at most %(limit_value)d characters."
            ),
        },
    )
    website = TrapField()

    unmarked_fields = frozenset({"website"})


class ReviewForm(GovukForm):
    """The writer's request that a moderator's decision be looked at again."""

    text = CleanTextField(
        label=_("Why do you think the decision is wrong?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _(
                "The text is %(show_value)d characters long. "
                "Shorten it to at most %(limit_value)d characters."
            ),
        },
    )


class ReceiptForm(GovukForm):
    """Somebody who kept the code looks up what became of their comment."""

    code = CleanLineField(
        label=_("Receipt code"),
        max_length=120,
        help_text=_("52 letters and digits. Spaces and hyphens do not matter."),
        error_messages={"required": _("Write the receipt code.")},
    )

    autocomplete = {"code": "off"}
