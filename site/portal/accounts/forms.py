"""Allauth's forms with govuk markup and our words, and the forms of our own account pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from portal.core.forms import GovukFormMixin

from . import attempts
from .enums import RoleGroup
from .models import User
from .services.users import change_profile

PASSWORD_HINT = _("At least 12 characters. A sentence of several words is easy to remember.")
EMPTY_ADDRESS = _("Write your e-mail address.")
EMPTY_PASSWORD = _("Write a password.")
WHEN_EMPTY = {
    "email": EMPTY_ADDRESS,
    "login": EMPTY_ADDRESS,
    "oldpassword": _("Write your present password."),
    "password": _("Write your password."),
    "password1": EMPTY_PASSWORD,
    "password2": _("Write the same password again."),
}
WRONG_ADDRESS = _("Write the e-mail address in the form name@example.fi.")


class AccountFormMixin(GovukFormMixin):
    """Labels instead of placeholders, which vanish as soon as one types."""

    texts: dict[str, tuple[Any, Any]] = {}
    """Field name → label and hint."""
    control_classes = {"email": "govuk-input--width-30", "login": "govuk-input--width-30"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.texts:
                field.label, field.help_text = self.texts[name]
            if name in WHEN_EMPTY:
                field.error_messages["required"] = WHEN_EMPTY[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = WRONG_ADDRESS
                field.validators = [EmailValidator(message=WRONG_ADDRESS)]

    def clean(self) -> dict[str, Any]:
        """Allauth's own sentence about two passwords that differ, in our words and with a way out."""
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        errors: dict[str, Any] = self.errors  # type: ignore[attr-defined]
        first, second = cleaned.get("password1"), self.data.get("password2")  # type: ignore[attr-defined]
        if first and second and first != second and "password2" in errors:
            errors["password2"] = self.error_class([_("The passwords differ. Write the same one twice.")])  # type: ignore[attr-defined]
        return cleaned


def admit(action: str, account: str) -> None:
    adapter = get_adapter()
    if not attempts.admitted(action, adapter.request, account):
        raise adapter.validation_error("rate_limited")


class LimitedFormMixin:
    """A form that may be sent a number of times; one too many is an error of the form like any other."""

    action = ""

    def clean(self) -> dict[str, Any]:
        """What is wrong in itself is not counted: it does nothing."""
        cleaned: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if not self.errors:  # type: ignore[attr-defined]
            admit(self.action, self.account(cleaned))
        return cleaned

    def account(self, cleaned: dict[str, Any]) -> str:
        return str(cleaned["email"])


class LoginForm(AccountFormMixin, allauth_forms.LoginForm):
    texts = {
        "login": (_("E-mail address"), ""),
        "password": (_("Password"), ""),
        "remember": (_("Keep me logged in on this device"), ""),
    }
    unmarked_fields = frozenset({"remember"})


class SignupForm(LimitedFormMixin, AccountFormMixin, allauth_forms.SignupForm):
    action = attempts.SIGNUP
    texts = {
        "email": (_("E-mail address"), _("We send a link to this address, so that we know it is yours.")),
        "password1": (_("Password"), PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class ResetPasswordForm(LimitedFormMixin, AccountFormMixin, allauth_forms.ResetPasswordForm):
    action = attempts.NEW_PASSWORD
    texts = {"email": (_("E-mail address"), "")}


class ResetPasswordKeyForm(AccountFormMixin, allauth_forms.ResetPasswordKeyForm):
    texts = {
        "password1": (_("New password"), PASSWORD_HINT),
        "password2": (_("The same password again"), ""),
    }


class ChangePasswordForm(AccountFormMixin, allauth_forms.ChangePasswordForm):
    texts = {"oldpassword": (_("Present password"), ""), **ResetPasswordKeyForm.texts}
    autocomplete = {"oldpassword": "current-password"}

    def clean_oldpassword(self) -> str:
        """Counted before it is looked at."""
        admit(attempts.OLD_PASSWORD, str(self.user.pk))
        old: str = super().clean_oldpassword()
        return old


class SetPasswordForm(AccountFormMixin, allauth_forms.SetPasswordForm):
    texts = ResetPasswordKeyForm.texts


class AddEmailForm(LimitedFormMixin, AccountFormMixin, allauth_forms.AddEmailForm):
    action = attempts.NEW_ADDRESS
    texts = {
        "email": (
            _("New e-mail address"),
            _("We send a link to the new address. The old one is in use until you have opened the link."),
        )
    }

    def account(self, cleaned: dict[str, Any]) -> str:
        return str(self.user.pk)


class ReauthenticateForm(AccountFormMixin, allauth_forms.ReauthenticateForm):
    texts = {"password": (_("Password"), "")}


class ProfileForm(GovukFormMixin, forms.ModelForm):
    """What people may say about themselves."""

    autocomplete = {"language": "off"}

    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Name"), "language": _("Language of the messages we send you")}
        help_texts = {"name": _("Shown to nobody but us. A comment has a display name of its own.")}
        widgets = {"language": forms.RadioSelect}


class AdminProfileForm(forms.ModelForm):
    """The same in the administration, whose language it is too."""

    class Meta:
        model = User
        fields = ["name", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def save(self, commit: bool = True) -> User:
        change_profile(user=self.instance, **self.cleaned_data)
        return self.instance


class CloseAccountForm(GovukFormMixin, forms.Form):
    confirm = forms.BooleanField(
        label=_("I want to close my account"),
        error_messages={"required": _("Tick the box if you want to close your account.")},
    )


class RoleLabelMixin:
    """A role group goes by its label in the reader's language, not by its name in the database."""

    def label_from_instance(self, obj: Group) -> str:
        return str(RoleGroup(obj.name).label)


class RoleField(RoleLabelMixin, forms.ModelChoiceField):
    pass


class RolesField(RoleLabelMixin, forms.ModelMultipleChoiceField):
    pass


class StaffUserForm(forms.ModelForm):
    """An account as an administrator edits it; the password is its owner's alone."""

    groups = RolesField(
        label=_("Roles"),
        queryset=Group.objects.filter(name__in=RoleGroup.values).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A person without a role takes part as a resident."),
    )

    class Meta:
        model = User
        fields = ["email", "name", "language", "is_active", "groups"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editing_self = editing_self
        self.fields["name"].required = True
        if self.instance.pk is None:
            del self.fields["is_active"]
        elif editing_self:
            # Nobody locks themselves out.
            del self.fields["is_active"]
            del self.fields["groups"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip()
        users = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        addresses = EmailAddress.objects.exclude(user_id=self.instance.pk).filter(email__iexact=email)
        if users.exists() or addresses.filter(verified=True).exists():
            raise forms.ValidationError(
                _("%(email)s already has an account. Give another address, or edit that account."),
                code="taken",
                params={"email": email},
            )
        return email

    @property
    def role_names(self) -> Collection[str]:
        if "groups" in self.fields:
            return [group.name for group in self.cleaned_data["groups"]]
        return list(self.instance.groups.filter(name__in=RoleGroup.values).values_list("name", flat=True))
