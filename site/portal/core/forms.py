"""Django forms with govuk-frontend's markup: label, hint, error and control tied together.

The admin keeps Django's own renderer; only forms with `GovukFormMixin` look like the public site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, DjangoTemplates, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.functional import cached_property

AUTOCOMPLETE_BY_NAME: Mapping[str, str] = {
    "email": "email",
    "login": "username",
    "password": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "name": "name",
    "display_name": "nickname",
    "first_name": "given-name",
    "last_name": "family-name",
    "phone": "tel",
    "organisation": "organization",
    "organisation_name": "organization",
    "q": "off",
    "website": "off",
}

CONTROL_CLASSES: Mapping[str, str] = {
    "text": "govuk-input",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "radios": "govuk-radios__input",
    "checkboxes": "govuk-checkboxes__input",
    "checkbox": "govuk-checkboxes__input",
}


class FormError(NamedTuple):
    """One line of the error summary: `target` is the id of a control, empty for the whole form."""

    target: str
    text: str


class PlainTextField(forms.CharField):
    """A long text whose length is counted as people see it: a line break is one character.

    Browsers send line breaks as two characters while counters count one, so that a text which the page calls
    9,990 long would be refused as too long.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: browsers cut a pasted text at it without a word. The error message says it."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class GovukBoundField(BoundField):
    """Knows which govuk component its control is, and describes it with hint, error and character count."""

    form: Any

    @cached_property
    def kind(self) -> str:
        """Key of `CONTROL_CLASSES`, "hidden", or "other" for a widget that brings its own markup."""
        widget = self.field.widget
        if widget.is_hidden:
            return "hidden"
        kinds: tuple[tuple[type[forms.Widget], str], ...] = (
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxInput, "checkbox"),
            (forms.Select, "select"),
            (forms.Textarea, "textarea"),
            (forms.FileInput, "file"),
            (forms.PasswordInput, "password"),
            (forms.widgets.Input, "text"),
        )
        return next((kind for cls, kind in kinds if isinstance(widget, cls)), "other")

    @property
    def is_optional(self) -> bool:
        return (
            self.form.mark_optional and not self.field.required and self.name not in self.form.unmarked_fields
        )

    @property
    def character_limit(self) -> int | None:
        limit = getattr(self.field, "max_length", None)
        return limit if self.kind == "textarea" else None

    @property
    def group_classes(self) -> str:
        """Modifiers of the group of choices, such as `govuk-radios--small`."""
        return self.form.control_classes.get(self.name, "") if self.kind in ("radios", "checkboxes") else ""

    @property
    def label_classes(self) -> str:
        return self.form.label_classes.get(self.name, "")

    @property
    def first_control_id(self) -> str:
        """Where a link to this field leads: the first choice of a group, otherwise the control."""
        if self.kind in ("radios", "checkboxes") and len(self.subwidgets):
            return self.subwidgets[0].id_for_label or self.auto_id
        return self.id_for_label or self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.character_limit or not self.auto_id:
            return described
        return f"{described} {self.auto_id}-info".strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if self.kind in ("hidden", "other") or widget.is_hidden:
            return built
        is_group = self.kind in ("radios", "checkboxes")
        modifiers = "" if is_group else self.form.control_classes.get(self.name, "")
        if self.character_limit:
            modifiers += " govuk-js-character-count"
        if self.kind != "checkbox" and self.errors:
            modifiers += f" govuk-{self.kind if self.kind != 'text' else 'input'}--error"
        classes = (CONTROL_CLASSES[self.kind], widget.attrs.get("class", ""), modifiers)
        built["class"] = " ".join(" ".join(classes).split())
        self._add_autocomplete(built, widget)
        return built

    def _add_autocomplete(self, built: dict[str, Any], widget: forms.Widget) -> None:
        if self.kind not in ("text", "password", "select") or "autocomplete" in widget.attrs:
            return
        purpose = {**AUTOCOMPLETE_BY_NAME, **self.form.autocomplete}.get(self.name)
        if purpose:
            built["autocomplete"] = purpose
        if purpose in ("email", "username"):
            built.setdefault("spellcheck", "false")
            built.setdefault("autocapitalize", "none")


class GovukRenderer(TemplatesSetting):
    """Templates under `govuk/` for forms and fields; Django's own for the bare widgets."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return self._builtin.get_template(template_name)

    @cached_property
    def _builtin(self) -> DjangoTemplates:
        return DjangoTemplates()


class GovukFormMixin:
    """Put before any `Form` or `ModelForm`: `{{ form }}` and `{{ field.as_field_group }}` give govuk markup.

    The page places the error summary above its heading: `{% include "components/error_summary.html" %}`.
    """

    default_renderer: BaseRenderer | type[BaseRenderer] | None = GovukRenderer()
    use_required_attribute = False
    mark_optional = True
    unmarked_fields: frozenset[str] = frozenset()
    control_classes: Mapping[str, str] = {}
    """Field name → classes such as `govuk-input--width-20`, or of the group `govuk-radios--inline`."""
    label_classes: Mapping[str, str] = {}
    """Field name → classes of label or legend, such as `govuk-label--m`."""
    autocomplete: Mapping[str, str] = {}
    """Field name → HTML autofill purpose, above what `AUTOCOMPLETE_BY_NAME` knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def error_list(self: Any) -> list[FormError]:
        """Every error in the order of the page: the form's own first, then field by field."""
        found = [FormError("", text) for text in self.non_field_errors()]
        for bound in self:
            target = "" if bound.is_hidden else bound.first_control_id
            found.extend(FormError(target, text) for text in bound.errors)
        return found


class GovukForm(GovukFormMixin, forms.Form):
    """A plain form of the public site."""
