"""Accounts as an administrator keeps them: invited by mail, changed under audit, closed for good."""

import datetime as dt
import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.mail.models import OutgoingMail
from tests.factories.accounts import PASSWORD, UserFactory, account_url

pytestmark = pytest.mark.django_db
ADD = "/cms/users/new/"


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True, name="Pääkäyttäjä")
    client.force_login(user)
    return user


def edit_url(user):
    return f"/cms/users/edit/{user.pk}/"


def groups(*names):
    return [str(pk) for pk in Group.objects.filter(name__in=names).values_list("pk", flat=True)]


def details(user, **changes):
    values = {"email": user.email, "name": user.name, "language": user.language, "is_active": "on"}
    held = list(user.groups.values_list("name", flat=True))
    return {**values, "groups": groups(*changes.pop("roles", held)), **changes}


def verbs(user):
    return list(Entry.objects.filter(public_id=str(user.public_id)).values_list("verb", flat=True))


@pytest.mark.both
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_new_colleague_gets_an_invitation_and_chooses_the_password(client, administrator, language):
    form = {"email": "Uusi@Example.fi", "name": "Uusi", "language": language, "groups": groups("moderator")}
    assert client.post(ADD, form).status_code == 302
    user = User.objects.get(email="uusi@example.fi")
    assert not user.has_usable_password()
    assert user.is_staff
    assert verbs(user) == ["user.created", "user.role_given.moderator", "user.invited"]
    assert set(Entry.objects.values_list("actor", flat=True)) == {administrator.public_id}

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language, mail.template) == (user.email, language, "account/invitation")
    assert mail.erase_after - mail.created_at < dt.timedelta(days=4)
    path = urlsplit(re.search(r"https?://\S+", mail.body)[0]).path
    assert path.startswith(f"/{language}/")
    client.logout()
    client.post(client.get(path)["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    login = {"login": user.email, "password": PASSWORD}
    assert client.post(account_url("account_login", language), login)["Location"] == "/cms/"


def test_the_form_asks_for_no_user_name_and_no_password(client, administrator):
    for url in (ADD, edit_url(UserFactory())):
        page = client.get(url).content.decode()
        for absent in ('name="username"', 'name="password1"', 'name="is_superuser"', 'name="first_name"'):
            assert absent not in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "x"}, "email"),
        ({"name": ""}, "name"),
        ({"language": "de"}, "language"),
    ],
)
def test_a_bad_form_makes_no_account(client, administrator, change, field):
    form = {"email": "uusi@example.fi", "name": "Uusi", "language": "fi", **change}
    page = client.post(ADD, form)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert User.objects.count() == 1


def test_an_address_has_one_account_in_any_case(client, administrator):
    taken = UserFactory()
    page = client.post(ADD, {"email": taken.email.upper(), "name": "Toinen", "language": "fi"})
    assert taken.email.upper() in page.context["form"].errors["email"][0]


@pytest.mark.both
def test_roles_given_and_taken_are_audited(client, administrator):
    user = UserFactory(editor=True)
    client.post(edit_url(user), details(user, roles=("official", "moderator")))
    assert set(user.groups.values_list("name", flat=True)) == {"official", "moderator"}
    assert set(verbs(user)) == {
        "user.changed",
        "user.role_taken.editor",
        "user.role_given.official",
        "user.role_given.moderator",
    }
    client.post(edit_url(user), details(user, roles=()))
    user.refresh_from_db()
    assert not user.is_staff


def test_a_new_address_given_by_staff_has_to_be_confirmed(client, administrator):
    user = UserFactory()
    client.post(edit_url(user), details(user, email="toinen@example.fi"))
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("toinen@example.fi", False, True)
    assert "user.email_changed" in verbs(user)


def test_a_deactivated_account_is_out_at_once(client, administrator, django_user_model):
    user = UserFactory(editor=True)
    form = details(user)
    del form["is_active"]
    client.post(edit_url(user), form)
    user.refresh_from_db()
    assert not user.is_active
    assert "user.deactivated" in verbs(user)


def test_nobody_takes_their_own_rights(client, administrator):
    page = client.get(edit_url(administrator))
    assert not {"groups", "is_active"} & set(page.context["form"].fields)
    client.post(edit_url(administrator), {**details(administrator, roles=()), "name": "Uusi Nimi"})
    administrator.refresh_from_db()
    assert administrator.name == "Uusi Nimi"
    assert administrator.is_active
    assert administrator.groups.filter(name="administrator").exists()


def test_a_superuser_is_out_of_an_administrators_reach(client, administrator):
    root = User.objects.create_superuser("juuri@example.fi", PASSWORD, name="Juuri")
    client.post(edit_url(root), details(root, email="oma@example.fi"))
    client.post(f"/cms/users/delete/{root.pk}/")
    root.refresh_from_db()
    assert root.email == "juuri@example.fi"


@pytest.mark.parametrize("role", ["editor", "official", "moderator"])
def test_other_staff_keep_no_accounts(client, role):
    client.force_login(UserFactory(role=role))
    other = UserFactory()
    for url in ("/cms/users/", ADD, edit_url(other), f"/cms/users/delete/{other.pk}/"):
        assert client.get(url).status_code == 302
    client.post(ADD, {"email": "uusi@example.fi", "name": "Uusi", "language": "fi"})
    assert not User.objects.filter(email="uusi@example.fi").exists()


def test_the_list_shows_roles_and_finds_by_name_and_address(
    client, administrator, django_assert_max_num_queries
):
    for number in range(5):
        UserFactory(moderator=True, name=f"Moderoija {number}")
    UserFactory(name="Asukas", email="asukas@example.fi")
    with django_assert_max_num_queries(25):
        page = client.get("/cms/users/").content.decode()
    assert "asukas@example.fi" in page
    found = client.get("/cms/users/", {"q": "Moderoija"}).content.decode()
    assert "Moderoija 3" in found
    assert "asukas@example.fi" not in found
    assert "asukas@example.fi" in client.get("/cms/users/", {"q": "asukas@"}).content.decode()


def bulk(action, *users):
    url = reverse("wagtail_bulk_action", args=["portal_accounts", "user", action])
    return f"{url}?" + "&".join(f"id={user.pk}" for user in users)


def test_bulk_acts_leave_audit_rows(client, administrator):
    one, two = UserFactory(), UserFactory()
    role = Group.objects.get(name="official")
    client.post(bulk("assign_role", one, two), {"role": role.pk})
    assert role.user_set.count() == 2
    client.post(bulk("set_active_state", one, two), {"mark_as_active": "False"})
    for user in (one, two):
        user.refresh_from_db()
        assert not user.is_active
        assert verbs(user) == ["user.role_given.official", "user.deactivated"]
    client.post(bulk("delete", one))
    assert verbs(one)[-1] == "user.closed"
    assert not User.objects.filter(pk=one.pk).exists()


def test_bulk_acts_leave_superusers_alone(client, administrator):
    root = User.objects.create_superuser("juuri@example.fi", PASSWORD, name="Juuri")
    client.post(bulk("delete", root))
    client.post(bulk("set_active_state", root), {"mark_as_active": "False"})
    root.refresh_from_db()
    assert root.is_active


def test_closing_an_account_from_the_administration(client, administrator):
    user = UserFactory()
    assert client.post(f"/cms/users/delete/{user.pk}/").status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()
    assert verbs(user) == ["user.closed"]
