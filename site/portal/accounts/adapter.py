"""Allauth here: mails are queued in the recipient's language, redirects stay on this site."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core.device import client_address
from portal.core.enums import Language
from portal.mail.services import queue

from . import attempts
from .models import User
from .permissions import is_staff_member

# What only its recipient may use is not kept longer than it works.
SECRET_MAIL_KEPT = timedelta(days=3)
# Links in the one sent before are still good.
ASKED_FOR_BY_ANYBODY = ("email_confirmation", "email_confirmation_signup", "account_already_exists")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already the e-mail address of your account."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("Somebody already has an account with this e-mail address."),
        "enter_current_password": _("Enter your present password."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("The link does not work. Ask for a new one."),
        "same_as_current": _("The new value must differ from the present one."),
        "too_many_login_attempts": _("Too many failed attempts to log in. Try again after five minutes."),
        "rate_limited": _("You are sending requests too quickly. Wait a moment."),
    }

    def new_user(self, request: HttpRequest) -> User:
        return User(language=current_language())

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """The language in which somebody signs up is the one we write to them in."""
        user.language = current_language()
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before the password is looked at, so that guessing at many at once helps nobody."""
        if not attempts.admitted(attempts.LOGIN, request, credentials.get("email", "")):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            attempts.succeeded(attempts.LOGIN, request, credentials.get("email", ""))
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """`account/email/password_reset_key` is rendered from `mail/account/password_reset_key.*.txt`."""
        template = template_prefix.rpartition("/")[2]
        if template in ASKED_FOR_BY_ANYBODY and not attempts.may_be_mailed(template, email):
            return
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = user.language if user else current_language()
        links = {
            name: site_url(str(value), language) for name, value in context.items() if name.endswith("_url")
        }
        texts = {str(name): context[name] for name in ("from_email", "to_email") if name in context}
        queue(
            to=email,
            language=language,
            template=f"account/{template}",
            context={"email": email, **texts, **links},
            related=user,
            erase_after=SECRET_MAIL_KEPT,
        )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Allauth would add address and browser of whoever did it; ours say what happened and what to do."""
        context = {"user": user, "password_reset_url": reverse("account_reset_password"), **(context or {})}
        self.send_mail(template_prefix, email or user.email, context)

    def is_safe_url(self, url: str | None) -> bool:
        """Only this site: other trusted origins may post forms here, but nobody is sent to them."""
        request = self.request
        hosts = {request.get_host()} if request else None
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts=hosts, require_https=bool(request and request.is_secure())
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind our proxies the address they wrote: otherwise all would share one limit, the proxy's."""
        return client_address(request) or "unknown"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if is_staff_member(request.user):
            return reverse("wagtailadmin_home")
        return reverse("account_home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{current_language()}/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        if self.request.user.is_authenticated:
            return self.get_login_redirect_url(self.request)
        return reverse("account_login")


def current_language() -> str:
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    return code if code in Language.values else settings.LANGUAGE_CODE


def site_url(url: str, language: str) -> str:
    """The address of the same view in the recipient's language, at the address that the site is known by.

    Never at the host of the request: whoever asks for somebody else's new password chooses that header.
    """
    translated = urlsplit(translate_url(urlsplit(url)._replace(scheme="", netloc="").geturl(), language))
    return settings.SITE_URL.rstrip("/") + translated._replace(scheme="", netloc="").geturl()
