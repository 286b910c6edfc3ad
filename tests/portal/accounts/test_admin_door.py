"""The way into the administration: through our login page, in the user's language, or told plainly."""

import pytest
from django.utils.translation import gettext, override

from portal.accounts.enums import RoleGroup
from tests.factories.accounts import PASSWORD, UserFactory, account_url

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_the_login_page_and_back(client):
    first = client.get("/cms/users/")
    assert first["Location"].startswith("/cms/login/")
    second = client.get(first["Location"])
    assert second["Location"] == f"{account_url('account_login', 'fi')}?next=%2Fcms%2Fusers%2F"
    page = client.get(second["Location"])
    assert 'name="next" value="/cms/users/"' in page.content.decode()

    admin = UserFactory(administrator=True)
    login = {"login": admin.email, "password": PASSWORD, "next": "/cms/users/"}
    assert client.post(second["Location"], login)["Location"] == "/cms/users/"
    assert client.get("/cms/users/").status_code == 200


@pytest.mark.parametrize("role", RoleGroup.values)
def test_staff_come_to_the_administration_after_login(client, role):
    user = UserFactory(role=role)
    login = {"login": user.email, "password": PASSWORD}
    assert client.post(account_url("account_login", "fi"), login)["Location"] == "/cms/"
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_resident_is_told_plainly(client, language):
    user = UserFactory(language=language)
    client.force_login(user)
    page = client.get("/cms/", follow=True)
    assert page.status_code == 403
    with override(language):
        assert gettext("You have no access to the administration") in page.content.decode()
    assert "ar-banner" not in page.content.decode()
    assert user.email in page.content.decode()


@pytest.mark.parametrize("target", ["https://example.org/cms/", "//example.org", "/fi/", "/cms/login/", ""])
def test_the_door_leads_nowhere_else(client, target):
    client.force_login(UserFactory(editor=True))
    assert client.get("/cms/login/", {"next": target})["Location"] == "/cms/"


def test_logging_out_of_the_administration(client):
    client.force_login(UserFactory(editor=True))
    assert client.get("/cms/logout/").status_code == 200
    assert client.post("/cms/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/cms/password_reset/", "/cms/password_reset/done/"])
def test_wagtails_own_password_pages_are_off(client, path):
    client.force_login(UserFactory(editor=True))
    assert client.get(path).status_code == 404


def test_wagtails_own_login_is_never_reached(client):
    user = UserFactory(editor=True)
    refused = client.post("/cms/login/", {"username": user.email, "password": PASSWORD})
    assert refused.status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_administration_speaks_the_users_language(client, language):
    client.force_login(UserFactory(editor=True, language=language))
    page = client.get("/cms/", headers={"accept-language": "en"})
    assert f'<html lang="{language}"' in page.content.decode()


def test_staff_change_their_name_and_language_there(client):
    user = UserFactory(editor=True, language="fi")
    client.force_login(user)
    page = client.get("/cms/account/").content.decode()
    for absent in ("first_name", "avatar-avatar", "preferred_language", "new_password"):
        assert absent not in page
    form = {
        "profile-name": "Uusi Nimi",
        "profile-language": "sv",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    assert client.post("/cms/account/", form).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language) == ("Uusi Nimi", "sv")
    assert '<html lang="sv"' in client.get("/cms/").content.decode()


def test_nothing_is_fetched_from_elsewhere(client):
    client.force_login(UserFactory(administrator=True))
    page = client.get("/cms/").content.decode()
    assert "gravatar" not in page
    assert "wagtail.org" not in page
    assert "releases.wagtail.io" not in page
