"""Trying passwords and filling mailboxes: limited by account and by network, with the cache or without."""

import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils.translation import gettext, override

from portal.accounts.models import User
from portal.core.caches import RedisCache
from portal.core.models import LimitWindow
from portal.mail.models import OutgoingMail
from tests.factories.accounts import PASSWORD, UserFactory, account_url

pytestmark = [pytest.mark.django_db, pytest.mark.both]
TOO_MANY_LOGINS = "Too many failed attempts to log in. Try again after five minutes."
TOO_FAST = "You are sending requests too quickly. Wait a moment."


@pytest.fixture(params=["cache", "no cache"], autouse=True)
def _with_and_without_the_cache(request, settings):
    if request.param == "no cache":
        settings.CACHES = {
            "default": {"BACKEND": "portal.core.caches.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
        }
    yield
    RedisCache.paused_until = 0.0


@pytest.fixture(autouse=True)
def clock():
    """The limits' windows begin every five minutes by the clock: none ends within a test."""
    with time_machine.travel("2026-11-30T12:00:10+02:00", tick=False) as traveller:
        yield traveller


def said(response, message, language="fi"):
    with override(language):
        return gettext(message) in response.content.decode()


def log_in(client, email, password=PASSWORD, language="fi", **extra):
    return client.post(
        account_url("account_login", language), {"login": email, "password": password}, **extra
    )


def wrong(client, email, **extra):
    return log_in(client, email, "ei tämä ainakaan", **extra)


def test_the_sixth_attempt_at_an_account_is_refused_even_if_right(client, language):
    user = UserFactory()
    for number in range(5):
        assert not said(wrong(client, user.email, REMOTE_ADDR=f"192.0.2.{number}"), TOO_MANY_LOGINS)
    refused = log_in(client, user.email.upper(), language=language, REMOTE_ADDR="192.0.2.99")
    assert said(refused, TOO_MANY_LOGINS, language)
    assert "_auth_user_id" not in client.session
    assert log_in(client, UserFactory().email).status_code == 302


def test_after_the_window_the_right_password_opens_again(client, clock):
    user = UserFactory()
    for _attempt in range(6):
        wrong(client, user.email)
    clock.shift(300)
    assert log_in(client, user.email).status_code == 302


def test_attempts_at_many_accounts_from_one_network_are_refused(client, settings):
    settings.ACCOUNT_LIMIT_PER_ADDRESS = 8
    for number in range(8):
        assert not said(wrong(client, f"arvaus{number}@example.fi"), TOO_MANY_LOGINS)
    user = UserFactory()
    assert said(log_in(client, user.email), TOO_MANY_LOGINS)
    assert log_in(client, user.email, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_logging_in_well_counts_nothing_and_takes_no_time(client, settings):
    settings.ACCOUNT_LIMIT_PER_ADDRESS = 8
    user = UserFactory()
    began = time.perf_counter()
    for _visit in range(10):
        assert log_in(client, user.email).status_code == 302
        client.logout()
    assert time.perf_counter() - began < 8, "the cache that is down was waited for"


def test_a_success_between_does_not_give_more_guesses(client):
    victim, own = UserFactory(), UserFactory()
    for _attempt in range(5):
        wrong(client, victim.email)
        log_in(client, own.email)
        client.logout()
    assert said(log_in(client, victim.email), TOO_MANY_LOGINS)


def test_the_count_of_failures_is_lost_with_a_new_password(client):
    user = UserFactory()
    for _attempt in range(6):
        wrong(client, user.email)
    client.post(account_url("account_reset_password", "fi"), {"email": user.email})
    body = OutgoingMail.objects.get(template="account/password_reset_key").body
    path = next(word for word in body.split() if "/salasana/" in word).partition("//")[2].partition("/")[2]
    form = client.get(f"/{path}", follow=True)
    new = "aivan toinen lause tähän"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert log_in(client, user.email, new).status_code == 302


def test_confirming_access_counts_as_logging_in(client):
    user = UserFactory()
    client.force_login(user)
    address = account_url("account_reauthenticate", "fi")
    for _attempt in range(5):
        client.post(address, {"password": "väärä"})
    assert said(client.post(address, {"password": PASSWORD}), TOO_MANY_LOGINS)


def test_the_old_password_cannot_be_guessed_by_changing_it(client):
    user = UserFactory()
    client.force_login(user)
    new = {"password1": "aivan toinen lause tähän", "password2": "aivan toinen lause tähän"}
    address = account_url("account_change_password", "fi")
    for _attempt in range(5):
        client.post(address, {"oldpassword": "väärä", **new})
    assert said(client.post(address, {"oldpassword": PASSWORD, **new}), TOO_FAST)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_new_passwords_are_asked_for_one_account_a_few_times(client, language):
    user = UserFactory()
    address = account_url("account_reset_password", language)
    for number in range(5):
        response = client.post(address, {"email": user.email}, REMOTE_ADDR=f"192.0.2.{number}")
        assert response.status_code == 302
    assert said(client.post(address, {"email": user.email.upper()}), TOO_FAST, language)
    assert OutgoingMail.objects.count() == 5
    assert client.post(address, {"email": UserFactory().email}).status_code == 302


def test_new_passwords_are_asked_for_from_one_network_a_number_of_times(client, settings):
    settings.ACCOUNT_LIMIT_PER_ADDRESS = 3
    address = account_url("account_reset_password", "fi")
    for number in range(3):
        assert client.post(address, {"email": f"joku{number}@example.fi"}).status_code == 302
    assert said(client.post(address, {"email": UserFactory().email}), TOO_FAST)
    assert not OutgoingMail.objects.exists()


def sign_up(client, email, **extra):
    form = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    return client.post(account_url("account_signup", "fi"), form, **extra)


def test_accounts_are_opened_from_one_network_a_number_of_times(client, settings):
    settings.ACCOUNT_LIMIT_PER_ADDRESS = 3
    for number in range(3):
        assert sign_up(client, f"uusi{number}@example.fi").status_code == 302
    assert said(sign_up(client, "uusi9@example.fi"), TOO_FAST)
    assert User.objects.count() == OutgoingMail.objects.count() == 3
    assert sign_up(client, "uusi9@example.fi", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_nobodys_mailbox_is_filled_by_signing_up_in_their_name(client):
    user = UserFactory()
    for number in range(5):
        sign_up(client, user.email, REMOTE_ADDR=f"192.0.2.{number}")
        sign_up(client, "uusi@example.fi", REMOTE_ADDR=f"192.0.2.{number}")
    sent = sorted(OutgoingMail.objects.values_list("to", "template"))
    assert sent == sorted(
        [
            (user.email, "account/account_already_exists"),
            ("uusi@example.fi", "account/account_already_exists"),
            ("uusi@example.fi", "account/email_confirmation_signup"),
        ]
    )


def test_a_confirmation_is_sent_again_after_a_while(client, clock):
    user = UserFactory(unverified=True)
    for _visit in range(3):
        log_in(client, user.email)
    assert OutgoingMail.objects.count() == 1
    clock.shift(300)
    log_in(client, user.email)
    assert OutgoingMail.objects.count() == 2
    assert not EmailAddress.objects.get(user=user).verified


def test_new_addresses_of_an_account_are_tried_a_few_times(client):
    log_in(client, UserFactory().email)
    client.post(account_url("account_reauthenticate", "fi"), {"password": PASSWORD})
    address = account_url("account_email", "fi")
    for number in range(6):
        response = client.post(address, {"action_add": "", "email": f"toinen{number}@example.fi"})
    assert said(response, TOO_FAST)
    confirmations = OutgoingMail.objects.filter(template="account/email_confirmation")
    assert confirmations.count() == 5


def test_what_is_counted_names_nobody(client):
    user = UserFactory()
    wrong(client, user.email)
    assert LimitWindow.objects.exists()
    assert user.email not in str(list(LimitWindow.objects.values()))
