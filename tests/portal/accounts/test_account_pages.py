"""A resident's way through the account pages, in both languages."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.utils.translation import gettext, override

from portal.accounts.models import User
from portal.mail.models import OutgoingMail
from tests.factories.accounts import PASSWORD, UserFactory, account_url

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv")


def text(message, language):
    with override(language):
        return gettext(message)


def link_in(mail):
    """Path of the only link in a mail."""
    found = re.search(r"https?://\S+", mail.body)
    return urlsplit(found[0]).path


def log_in(client, user, language="fi", **data):
    login = {"login": user.email, "password": PASSWORD, **data}
    return client.post(account_url("account_login", language), login)


@pytest.mark.both
@pytest.mark.parametrize("language", LANGUAGES)
def test_resident_opens_an_account_and_logs_in(client, language):
    form = {"email": "Uusi@Example.fi", "password1": PASSWORD, "password2": PASSWORD}
    sent = client.post(account_url("account_signup", language), form)
    assert sent.status_code == 302
    assert sent["Location"] == account_url("account_email_verification_sent", language)
    user = User.objects.get()
    assert (user.email, user.language, user.is_staff) == ("uusi@example.fi", language, False)

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == ("uusi@example.fi", language)
    assert mail.subject == text("Confirm your e-mail address", language)
    path = link_in(mail)
    assert path.startswith(f"/{language}/")
    assert client.get(path).status_code == 200
    assert not EmailAddress.objects.filter(verified=True).exists()
    client.post(path)
    assert EmailAddress.objects.get().verified

    client.logout()
    done = client.post(
        account_url("account_login", language), {"login": "uusi@example.fi", "password": PASSWORD}
    )
    assert done["Location"] == account_url("account_home", language)
    page = client.get(done["Location"])
    assert text("My account", language) in page.content.decode()
    assert f'lang="{"sv-FI" if language == "sv" else "fi"}"' in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_email_verification_sent"]
)
def test_pages_before_login_lead_to_the_same_page_in_the_other_language(client, name, language):
    other = {"fi": "sv", "sv": "fi"}[language]
    page = client.get(account_url(name, language)).content.decode()
    assert f'hreflang="{other}" href="{account_url(name, other)}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["account_home", "account_email", "account_change_password", "account_close", "account_logout"]
)
def test_pages_after_login_have_our_frame(client, name, language):
    client.force_login(UserFactory(language=language))
    page = client.get(account_url(name, language))
    assert page.status_code == 200
    assert 'class="govuk-heading-l"' in page.content.decode()
    assert "style=" not in page.content.decode()
    assert "private" in page["Cache-Control"]


def test_a_taken_address_is_not_told_to_a_stranger(client):
    known = UserFactory(language="sv")
    form = {"email": known.email.upper(), "password1": PASSWORD, "password2": PASSWORD}
    sent = client.post(account_url("account_signup", "fi"), form)
    assert sent["Location"] == account_url("account_email_verification_sent", "fi")
    assert User.objects.count() == 1
    mail = OutgoingMail.objects.get()
    assert (mail.template, mail.language) == ("account/account_already_exists", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_told_on_top_and_at_the_field(client, language):
    form = {"email": "ei osoite", "password1": PASSWORD, "password2": "toinen salasana tässä"}
    page = client.post(account_url("account_signup", language), form).content.decode()
    for message in (
        "Write the e-mail address in the form name@example.fi.",
        "The passwords differ. Write the same one twice.",
    ):
        assert page.count(text(message, language)) == 2
    assert f"<title>{text('Error:', language)}" in page
    assert 'href="#id_password2"' in page
    assert User.objects.count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, language):
    user = UserFactory()
    message = text("The e-mail address or the password is not right.", language)
    for login in ({"login": user.email, "password": "väärä"}, {"login": "ei@example.fi", "password": "x"}):
        page = client.post(account_url("account_login", language), login)
        assert page.status_code == 200
        assert message in page.content.decode()


def test_an_unconfirmed_address_does_not_log_in(client):
    user = UserFactory(unverified=True)
    answer = log_in(client, user)
    assert answer["Location"] == account_url("account_email_verification_sent", "fi")
    assert "_auth_user_id" not in client.session
    assert OutgoingMail.objects.get().to == user.email


def test_a_closed_account_does_not_log_in(client):
    user = UserFactory(is_active=False)
    log_in(client, user)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_login_never_leads_to_another_site(client, target):
    answer = log_in(client, UserFactory(), next=target)
    assert answer["Location"] == account_url("account_home", "fi")


def test_login_leads_to_the_page_asked_for(client):
    answer = log_in(client, UserFactory(), next="/sv/")
    assert answer["Location"] == "/sv/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_logging_out_asks_first_and_ends_on_the_front_page(client, language):
    client.force_login(UserFactory())
    url = account_url("account_logout", language)
    assert client.get(url).status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(url)["Location"] == f"/{language}/"
    assert "_auth_user_id" not in client.session


@pytest.mark.both
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forgotten_password_is_replaced_by_mail_in_the_users_language(client, language):
    user = UserFactory(language=language)
    asked_in = {"fi": "sv", "sv": "fi"}[language]
    answer = client.post(account_url("account_reset_password", asked_in), {"email": user.email})
    assert answer["Location"] == account_url("account_reset_password_done", asked_in)
    mail = OutgoingMail.objects.get()
    assert mail.language == language
    path = link_in(mail)
    assert path.startswith(f"/{language}/")

    form_url = client.get(path)["Location"]
    new = "neljä uutta sanaa tässä"
    done = client.post(form_url, {"password1": new, "password2": new})
    assert done["Location"] == account_url("account_reset_password_from_key_done", language)
    user.refresh_from_db()
    assert user.check_password(new)
    assert OutgoingMail.objects.filter(template="account/password_reset", language=language).count() == 1

    again = client.get(path).content.decode()
    assert text("The link does not work", language) in again


def test_links_in_mails_lead_to_this_site_whatever_host_was_asked(client, settings):
    settings.SITE_URL = "https://osallistu.example.fi"
    user = UserFactory()
    client.post(
        account_url("account_reset_password", "fi"), {"email": user.email}, headers={"host": "evil.example"}
    )
    body = OutgoingMail.objects.get().body
    assert "https://osallistu.example.fi/fi/" in body
    assert "evil" not in body


def test_an_unknown_address_gets_the_same_page_and_no_mail(client):
    answer = client.post(account_url("account_reset_password", "fi"), {"email": "ei@example.fi"})
    assert answer["Location"] == account_url("account_reset_password_done", "fi")
    assert OutgoingMail.objects.count() == 0


def test_a_new_address_counts_only_when_confirmed(client):
    user = UserFactory(email="vanha@example.fi")
    log_in(client, user)
    email_url = account_url("account_email", "fi")
    asked = client.post(email_url, {"action_add": "", "email": "uusi@example.fi"})
    assert asked["Location"].startswith(account_url("account_reauthenticate", "fi"))
    client.post(asked["Location"], {"password": PASSWORD})
    client.post(email_url, {"action_add": "", "email": "uusi@example.fi"})
    user.refresh_from_db()
    assert user.email == "vanha@example.fi"

    mail = OutgoingMail.objects.filter(to="uusi@example.fi").last()
    client.post(link_in(mail))
    user.refresh_from_db()
    assert user.email == "uusi@example.fi"
    told = OutgoingMail.objects.get(template="account/email_changed")
    assert told.to == "vanha@example.fi"


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_change_their_name_and_language(client, language):
    user = UserFactory()
    client.force_login(user)
    url = account_url("account_home", language)
    assert client.post(url, {"name": "Uusi Nimi", "language": "sv"})["Location"] == url
    user.refresh_from_db()
    assert (user.name, user.language) == ("Uusi Nimi", "sv")
    refused = client.post(url, {"name": "Uusi Nimi", "language": "xx"})
    assert refused.status_code == 200
    user.refresh_from_db()
    assert user.language == "sv"
