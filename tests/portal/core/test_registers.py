"""Registers and settings that staff keep: both languages side by side, changes audited."""

import pytest

from portal.audit.models import Entry
from portal.core import page_cache
from portal.core.models import AuthorityProfile, ContactPerson, Municipality, SiteContact, Unit
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    return user


@pytest.fixture
def purged(monkeypatch):
    times = []
    monkeypatch.setattr(page_cache, "_purge", lambda: times.append(True))
    return times


def profile_form(**changes):
    return {
        "source_language": "fi",
        "authority_type": "municipality",
        "public_languages": "fi,sv",
        "name_fi": "Esimerkkikunta",
        "name_sv": "Exempelkommunen",
        "council_fi": "Valtuusto",
        "council_sv": "Fullmäktige",
        **changes,
    }


def profile_url():
    return f"/cms/settings/portal_core/authorityprofile/{AuthorityProfile.load().pk}/"


def test_the_authority_profile_is_saved_audited_and_shown_at_once(
    client, administrator, purged, django_capture_on_commit_callbacks
):
    espoo = Municipality.objects.get_or_create(code="049", defaults={"name_fi": "Espoo", "name_sv": "Esbo"})[
        0
    ]
    url = profile_url()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, profile_form(municipalities=[espoo.pk]))
    assert answer.status_code == 302
    profile = AuthorityProfile.objects.get()
    assert (profile.name_sv, profile.languages) == ("Exempelkommunen", ["fi", "sv"])
    assert list(profile.municipalities.all()) == [espoo]
    assert purged
    entry = Entry.objects.filter(verb="authorityprofile.changed").last()
    assert entry.actor == administrator.public_id


@pytest.mark.parametrize(
    "change", [{"authority_type": "guild"}, {"public_languages": "de"}, {"registry_email": "x"}]
)
def test_a_bad_profile_is_refused(client, administrator, change):
    page = client.post(profile_url(), profile_form(**change))
    assert page.status_code == 200
    assert set(change) <= set(page.context["form"].errors)
    assert AuthorityProfile.objects.get().name_fi == ""


def test_both_languages_stand_side_by_side(client, administrator):
    page = client.get(profile_url()).content.decode()
    for name in ("name", "council", "executive", "registry", "registry_address"):
        assert page.index(f'name="{name}_fi"') < page.index(f'name="{name}_sv"')


@pytest.mark.both
def test_a_translation_that_lags_behind_is_marked_until_somebody_sees_to_it(client, administrator):
    url = profile_url()
    client.post(url, profile_form())
    assert "confirm_translation" not in client.get(url).content.decode()

    client.post(url, profile_form(name_fi="Uusi nimi"))
    assert AuthorityProfile.objects.get().stale
    page = client.get(url).content.decode()
    assert 'name="confirm_translation"' in page

    client.post(url, profile_form(name_fi="Uusi nimi", confirm_translation="on"))
    assert not AuthorityProfile.objects.get().stale

    client.post(url, profile_form(name_fi="Kolmas nimi"))
    client.post(url, profile_form(name_fi="Kolmas nimi", name_sv="Tredje namnet"))
    assert not AuthorityProfile.objects.get().stale


@pytest.mark.both
def test_a_unit_and_its_members(client, administrator):
    official = UserFactory(official=True)
    resident = UserFactory()
    form = {"name_fi": "Yksikkö", "name_sv": "Enheten", "source_language": "fi", "members": [official.pk]}
    assert client.post("/cms/snippets/portal_core/unit/add/", form).status_code == 302
    unit = Unit.objects.get()
    assert list(unit.members.all()) == [official]
    verbs = Entry.objects.filter(public_id=str(unit.public_id)).values_list("verb", flat=True)
    assert set(verbs) == {"unit.created", "unit.members_changed"}

    url = f"/cms/snippets/portal_core/unit/edit/{unit.pk}/"
    refused = client.post(url, form | {"members": [resident.pk]})
    assert "members" in refused.context["form"].errors
    client.post(url, form | {"members": []})
    assert not unit.members.exists()


def test_a_contact_person(client, purged, django_capture_on_commit_callbacks):
    client.force_login(UserFactory(official=True))
    form = {
        "name": "Esimerkki",
        "title_fi": "Suunnittelija",
        "title_sv": "Planerare",
        "source_language": "fi",
    }
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/cms/snippets/portal_core/contactperson/add/", form).status_code == 302
    assert ContactPerson.objects.get().text("title", "sv") == "Planerare"
    assert purged
    assert client.get("/cms/snippets/portal_core/contactperson/").status_code == 200


@pytest.mark.parametrize("path", ["unit", "municipality"])
@pytest.mark.parametrize("role", ["editor", "official", "moderator"])
def test_units_and_municipalities_are_administrators(client, path, role):
    client.force_login(UserFactory(role=role))
    assert client.get(f"/cms/snippets/portal_core/{path}/add/").status_code == 302


def test_contact_details(client, purged, django_capture_on_commit_callbacks):
    client.force_login(UserFactory(editor=True))
    url = f"/cms/settings/portal_core/sitecontact/{SiteContact.load().pk}/"
    form = {"source_language": "fi", "email": "osallisuus@example.fi", "hours_fi": "arkisin", "hours_sv": ""}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url, form).status_code == 302
    contact = SiteContact.objects.get()
    assert (contact.email, contact.text("hours", "sv")) == ("osallisuus@example.fi", "arkisin")
    assert purged


def test_rows_that_the_installation_makes_for_itself_are_nobodys_act():
    Unit.objects.create(name_fi="Yksikkö")
    assert not Entry.objects.exists()
