"""The settings form of a participation: who may, what it saves, and two people at once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from participation.hearings.models import Hearing
from participation.processes.enums import ActKind
from participation.processes.models import Attachment, Part, ParticipationAct
from portal.accounts.enums import RoleGroup
from portal.audit.models import Entry
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import (
    AttachmentFactory,
    ContactPersonFactory,
    DocumentFactory,
    LegalBasisFactory,
    UnitFactory,
    authority,
)
from tests.factories.staff import staff_member

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def pair(db):
    authority()
    return hearing_pair(state="scheduled")


@pytest.fixture
def official(client):
    user = staff_member("official")
    client.force_login(user)
    return user


def address(pair, name="settings"):
    return reverse(f"participations:{name}", args=[pair.hearing.public_id])


def fields_of(response):
    """What a browser would send back of the form as it was shown."""
    context = response.context
    data = {"seen": context["seen"]}
    for form in (context["form"], *context["attachments"].forms, *context["parts"].forms):
        for bound in form:
            data |= _sent(bound)
    for formset in (context["attachments"], context["parts"]):
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
    return {name: value for name, value in data.items() if value is not None}


def _sent(bound):
    value = bound.value()
    widget = bound.field.widget
    if hasattr(widget, "decompress"):
        parts = value if isinstance(value, list) else widget.decompress(value)
        return {f"{bound.html_name}_day": parts[0], f"{bound.html_name}_time": parts[1]}
    if getattr(widget, "input_type", "") == "checkbox" and not getattr(
        widget, "allow_multiple_selected", False
    ):
        return {bound.html_name: "on"} if value else {}
    if isinstance(value, (list, tuple)):
        return {bound.html_name: [getattr(item, "pk", item) for item in value]}
    return {
        bound.html_name: widget.format_value(value)
        if isinstance(value, dt.date)
        else ("" if value is None else value)
    }


def save(client, pair, **changes):
    data = fields_of(client.get(address(pair)))
    return client.post(address(pair), data | changes)


@pytest.mark.parametrize("role", [None, *RoleGroup])
def test_who_reaches_the_form(client, pair, role):
    if role:
        client.force_login(staff_member(role))
    allowed = role in (RoleGroup.EDITOR, RoleGroup.OFFICIAL, RoleGroup.ADMINISTRATOR)
    assert client.get(address(pair)).status_code == (200 if allowed else 302)
    assert client.get(reverse("participations:list")).status_code == (200 if allowed else 302)
    client.post(address(pair), {"diary_number": "X"})
    assert not ParticipationAct.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", ("Tallenna asetukset", "Palvelulupaus")), ("sv", ("Spara inställningarna", "Servicelöftet"))],
)
def test_the_form_speaks_the_users_language(client, pair, language, words):
    client.force_login(staff_member("editor", language=language))
    page = client.get(address(pair)).content.decode()
    assert all(word in page for word in words)


def test_saving_what_was_shown_changes_nothing(client, pair, official):
    AttachmentFactory(participation=pair.hearing)
    before = Hearing.objects.filter(pk=pair.hearing.pk).values().get()
    assert save(client, pair).status_code == 302
    assert Hearing.objects.filter(pk=pair.hearing.pk).values().get() == before
    assert not ParticipationAct.objects.exists()


def test_saving_records_who_changed_what(client, pair, official):
    unit, person, basis = UnitFactory(), ContactPersonFactory(), LegalBasisFactory()
    response = save(
        client,
        pair,
        opens_at_day="1.12.2027",
        opens_at_time="8.30",
        closes_at_day="31.12.2027",
        closes_at_time="",
        diary_number="ESIM/1",
        unit=unit.pk,
        legal_basis=basis.pk,
        contact_persons=[person.pk],
        target_groups=["young", "children"],
        moderation_mode="at_once",
        replies_allowed="",
    )
    assert response.status_code == 302
    hearing = Hearing.objects.get(pk=pair.hearing.pk)
    assert hearing.opens_at == dt.datetime(2027, 12, 1, 8, 30, tzinfo=HELSINKI)
    assert hearing.closes_at == dt.datetime(2028, 1, 1, tzinfo=HELSINKI)
    assert (hearing.unit, hearing.legal_basis, hearing.diary_number) == (unit, basis, "ESIM/1")
    assert list(hearing.contact_persons.all()) == [person]
    assert hearing.target_groups == ["children", "young"]
    assert (hearing.moderation_mode, hearing.replies_allowed) == ("at_once", False)
    act = ParticipationAct.objects.get(kind=ActKind.SETTINGS)
    assert act.actor == official
    assert {"opens_at", "closes_at", "unit", "contact_persons", "diary_number"} <= set(act.after)
    assert Entry.objects.get(verb="participation.settings").actor == official.public_id
    page = client.get(address(pair)).content.decode()
    assert 'value="31.12.2027"' in page
    assert 'value="8.30"' in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at_day": "32.1.2027"}, "opens_at"),
        ({"opens_at_time": "klo puoli"}, "opens_at"),
        ({"opens_at_day": "", "opens_at_time": "8.00"}, "opens_at"),
        ({"planned_meeting": "pian"}, "planned_meeting"),
        ({"minimum_age": "-1"}, "minimum_age"),
        ({"level": "everybody"}, "level"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_nothing_typed_is_lost(
    client, pair, official, changes, field
):
    response = save(client, pair, diary_number="Kirjoitin", **changes)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert "Kirjoitin" in response.content.decode()
    assert not ParticipationAct.objects.exists()


def test_closing_before_opening_is_refused(client, pair, official):
    response = save(client, pair, opens_at_day="5.12.2027", closes_at_day="1.12.2027", closes_at_time="")
    assert response.status_code == 422
    assert response.context["form"].errors


def test_what_writers_were_promised_is_told_beside_the_choice(client, pair, official):
    type(pair.hearing).objects.update(moderation_mode="summary_only")
    CommentFactory(participation=pair.hearing)
    response = save(client, pair, moderation_mode="at_once")
    assert response.status_code == 422
    [error] = response.context["form"].errors["moderation_mode"]
    assert "Vain yhteenvedossa" in error


def test_the_shortest_time_of_the_legal_basis_is_told_with_both_numbers(client, pair, official):
    basis = LegalBasisFactory(shortest_days=30)
    response = save(
        client,
        pair,
        legal_basis=basis.pk,
        opens_at_day="1.12.2027",
        opens_at_time="",
        closes_at_day="10.12.2027",
        closes_at_time="",
    )
    assert response.status_code == 422
    [error] = response.context["form"].errors["closes_at"]
    assert "30" in error
    assert "10" in error


def test_dates_of_what_has_opened_are_shown_but_not_offered(client, official):
    pair = hearing_pair(state="open")
    response = client.get(address(pair))
    assert "opens_at" not in response.context["form"].fields
    assert reverse("participations:act", args=[pair.hearing.public_id, "extend"]) in response.content.decode()
    before = pair.hearing.closes_at
    save(client, pair, closes_at_day="1.1.2030", closes_at_time="", diary_number="ESIM/2")
    pair.hearing.refresh_from_db()
    assert (pair.hearing.closes_at, pair.hearing.diary_number) == (before, "ESIM/2")


def test_two_people_who_change_different_settings_both_have_their_way(client, pair, official):
    mine = fields_of(client.get(address(pair)))
    save(client, pair, diary_number="Toisen")
    response = client.post(
        address(pair), mine | {"matter_fi": "Minun asiani", "matter_sv": "Mitt"}, follow=True
    )
    hearing = Hearing.objects.get(pk=pair.hearing.pk)
    assert (hearing.diary_number, hearing.matter_fi) == ("Toisen", "Minun asiani")
    told = " ".join(str(message) for message in response.context["messages"])
    assert str(response.context["form"].fields["diary_number"].label) in told


def test_two_people_who_change_the_same_setting_are_told(client, pair, official):
    other = staff_member("editor")
    mine = fields_of(client.get(address(pair)))
    client.force_login(other)
    save(client, pair, diary_number="Toisen", unit=UnitFactory().pk)
    client.force_login(official)
    response = client.post(
        address(pair), mine | {"diary_number": "Minun", "matter_fi": "Asia", "matter_sv": "Sak"}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Minun" in page
    assert "Toisen" in page
    assert str(other) in page
    hearing = Hearing.objects.get(pk=pair.hearing.pk)
    assert (hearing.diary_number, hearing.matter_fi) == ("Toisen", pair.hearing.matter_fi)
    again = fields_of(response)
    assert client.post(address(pair), again).status_code == 302
    hearing.refresh_from_db()
    assert (hearing.diary_number, hearing.matter_fi) == ("Minun", "Asia")


def test_a_text_changed_in_one_language_asks_for_the_other(client, pair, official):
    assert save(client, pair, matter_fi="Uusi nimi").status_code == 302
    assert Hearing.objects.get(pk=pair.hearing.pk).stale
    assert save(client, pair, up_to_date="on").status_code == 302
    assert not Hearing.objects.get(pk=pair.hearing.pk).stale


def test_attachments_are_added_changed_and_removed(client, pair, official):
    document = DocumentFactory()
    added = {
        "attachments-0-document": document.pk,
        "attachments-0-language": "sv",
        "attachments-0-title_fi": "Selvitys",
        "attachments-0-title_sv": "Utredning",
        "attachments-0-summary_fi": "Suomeksi lyhyesti",
        "attachments-0-part": pair.parts[0].pk,
    }
    assert save(client, pair, **added).status_code == 302
    attachment = Attachment.objects.get(participation=pair.hearing)
    assert (attachment.document, attachment.part, attachment.title_sv) == (
        document,
        pair.parts[0],
        "Utredning",
    )
    assert save(client, pair, **{"attachments-0-title_sv": "Rapport"}).status_code == 302
    attachment.refresh_from_db()
    assert attachment.title_sv == "Rapport"
    assert save(client, pair, **{"attachments-0-DELETE": "on"}).status_code == 302
    assert not Attachment.objects.exists()
    assert ParticipationAct.objects.filter(kind=ActKind.SETTINGS).count() == 3


def test_an_attachment_without_a_file_is_refused(client, pair, official):
    response = save(client, pair, **{"attachments-0-title_fi": "Vain otsikko"})
    assert response.status_code == 422
    assert not Attachment.objects.exists()


def test_sections_get_a_level_of_their_own_and_can_be_closed(client, pair, official):
    first, second = pair.parts
    response = client.get(address(pair))
    assert "Kohta 1" in response.content.decode()
    save(client, pair, **{"parts-0-level": "registered", "parts-1-closed": "on"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.level, first.closed_at) == ("registered", None)
    assert second.closed_at is not None
    data = fields_of(client.get(address(pair)))
    del data["parts-1-closed"]
    client.post(address(pair), data)
    second.refresh_from_db()
    assert second.closed_at is None


def test_parts_of_other_participations_are_out_of_reach(client, pair, official):
    other = hearing_pair(state="scheduled")
    data = fields_of(client.get(address(pair)))
    data |= {"parts-0-id": other.parts[0].pk, "parts-0-level": "closed"}
    client.post(address(pair), data)
    assert set(Part.objects.values_list("level", flat=True)) == {""}


def test_the_cached_page_shows_the_new_settings(client, pair, official, django_capture_on_commit_callbacks):
    visitor = type(client)()
    assert "ESIM/77" not in visitor.get(pair.fi.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        save(client, pair, diary_number="ESIM/77")
    assert "ESIM/77" in visitor.get(pair.fi.url).content.decode()
    assert timezone.now() < Hearing.objects.get(pk=pair.hearing.pk).opens_at
