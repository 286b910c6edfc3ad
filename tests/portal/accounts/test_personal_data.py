"""Closing an account: the person goes, the words stay."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import (
    PersonalDataSource,
    clear_sessions,
    close_account,
    close_unconfirmed,
    personal_data,
    register_personal_data_source,
)
from portal.audit.models import Entry
from portal.jobs import schedule
from portal.mail.models import OutgoingMail
from portal.mail.services import queue
from tests.factories.accounts import PASSWORD, UserFactory, account_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def forgotten(monkeypatch):
    """A source that notes whom it was asked to forget."""
    asked = []

    def forget(user):
        asked.append(user.pk)
        return 3

    monkeypatch.setattr(personal_data, "_sources", {})
    register_personal_data_source(PersonalDataSource("notes", forget))
    return asked


@pytest.mark.both
def test_closing_asks_every_source_and_leaves_a_public_id(forgotten):
    user = UserFactory()
    queue(
        to=user.email,
        language="fi",
        template="account/password_changed",
        context={"password_reset_url": "x"},
        related=user,
    )
    pk, public_id = user.pk, user.public_id
    assert close_account(user=user, actor=user) == {"notes": 3}
    assert forgotten == [pk]
    assert not User.objects.filter(pk=pk).exists()
    assert not EmailAddress.objects.filter(user_id=pk).exists()
    assert OutgoingMail.objects.get().to == ""
    entry = Entry.objects.get(verb="user.closed")
    assert entry.public_id == str(public_id)


@pytest.mark.both
def test_a_source_that_fails_keeps_the_account(forgotten, monkeypatch):
    def refuse(user):
        raise RuntimeError("no")

    register_personal_data_source(PersonalDataSource("refusing", refuse))
    user = UserFactory()
    with pytest.raises(RuntimeError):
        close_account(user=user, actor=None)
    assert User.objects.filter(pk=user.pk).exists()
    assert not Entry.objects.filter(verb="user.closed").exists()


def test_a_name_is_registered_once(forgotten):
    with pytest.raises(ValueError, match="notes"):
        register_personal_data_source(PersonalDataSource("notes", len))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_resident_closes_the_account(client, language, forgotten):
    user = UserFactory()
    client.post(account_url("account_login", language), {"login": user.email, "password": PASSWORD})
    url = account_url("account_close", language)
    asked = client.post(url, {"confirm": "on"})
    assert asked["Location"].startswith(account_url("account_reauthenticate", language))
    done = client.post(asked["Location"], {"password": PASSWORD})
    assert done["Location"] == account_url("account_closed", language)
    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get(done["Location"]).status_code == 200
    assert "_auth_user_id" not in client.session


def test_closing_needs_the_tick(client, forgotten):
    user = UserFactory()
    client.post(account_url("account_login", "fi"), {"login": user.email, "password": PASSWORD})
    asked = client.post(account_url("account_close", "fi"), {})
    page = client.post(asked["Location"], {"password": PASSWORD})
    assert "confirm" in page.context["form"].errors
    assert User.objects.filter(pk=user.pk).exists()


def test_staff_accounts_are_closed_by_an_administrator(client, forgotten):
    user = UserFactory(official=True)
    client.force_login(user)
    assert client.get(account_url("account_close", "fi")).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_sessions_that_have_ended_are_deleted_every_day():
    now = timezone.now()
    for key, minutes in (("ended", -1), ("going-on", 1)):
        Session.objects.create(session_key=key, expire_date=now + dt.timedelta(minutes=minutes))
    clear_sessions()
    assert [row.session_key for row in Session.objects.all()] == ["going-on"]
    assert "sessions.clear" in schedule._registered


def test_an_address_that_nobody_confirmed_is_not_kept():
    month_ago = timezone.now() - dt.timedelta(days=31)
    for email, confirmed, joined in (
        ("vieras@example.fi", False, month_ago),
        ("hidas@example.fi", False, timezone.now()),
        ("kutsuttu@example.fi", True, month_ago),
    ):
        user = User.objects.create_user(email, date_joined=joined)
        EmailAddress.objects.create(user=user, email=email, verified=confirmed, primary=True)
    assert close_unconfirmed() == 1
    assert {user.email for user in User.objects.all()} == {"hidas@example.fi", "kutsuttu@example.fi"}
    assert not EmailAddress.objects.filter(email="vieras@example.fi").exists()
