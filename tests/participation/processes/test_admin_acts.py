"""Acts, history, the gate screen, copying and the ways there, by role and in both languages."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from participation.hearings.models import Hearing, HearingPage
from participation.processes import admin_actions
from participation.processes.enums import ActKind, State
from participation.processes.models import LegalBasis, Participation, ParticipationAct
from portal.accounts.enums import RoleGroup
from portal.audit.models import Entry
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import AttachmentFactory, authority
from tests.factories.staff import staff_member

pytestmark = pytest.mark.django_db
REASONS = {"reason_fi": "Perustelu suomeksi", "reason_sv": "Motivering på svenska"}


@pytest.fixture(autouse=True)
def _authority(db):
    authority()


@pytest.fixture
def official(client):
    user = staff_member("official")
    client.force_login(user)
    return user


def address(pair, name, *args):
    return reverse(f"participations:{name}", args=[pair.hearing.public_id, *args])


OFFICIALS = {RoleGroup.OFFICIAL, RoleGroup.ADMINISTRATOR}
WRITERS = OFFICIALS | {RoleGroup.EDITOR}


@pytest.mark.parametrize("role", [None, *RoleGroup])
@pytest.mark.parametrize(
    ("kind", "state", "allowed"),
    [
        ("review", "draft", WRITERS),
        ("waive", "scheduled", WRITERS),
        ("extend", "open", OFFICIALS),
        ("reopen", "closed", OFFICIALS),
        ("answer", "closed", OFFICIALS),
        ("cancel", "open", OFFICIALS),
    ],
)
def test_who_may_do_which_act(client, kind, state, allowed, role):
    pair = hearing_pair(state=state)
    if kind == "waive":
        Participation.objects.filter(pk=pair.hearing.pk).update(gate_met_at=None)
    if role:
        client.force_login(staff_member(role))
    fields = REASONS | {"closes_at_day": "1.12.2030", "closes_at_time": ""}
    assert client.get(address(pair, "act", kind)).status_code == (200 if role in allowed else 302)
    client.post(address(pair, "act", kind), fields)
    assert ParticipationAct.objects.filter(kind=kind).exists() is (role in allowed)
    assert Entry.objects.filter(verb=f"participation.{kind}").exists() is (role in allowed)


@pytest.mark.parametrize("kind", ["extend", "reopen", "cancel", "waive"])
def test_a_reason_is_needed_in_both_languages_and_what_was_written_stays(client, official, kind):
    state = {"extend": "open", "reopen": "closed", "cancel": "open", "waive": "scheduled"}[kind]
    pair = hearing_pair(state=state)
    Participation.objects.filter(pk=pair.hearing.pk, opens_at__gt=timezone.now()).update(gate_met_at=None)
    fields = {"reason_fi": "Vain suomeksi", "closes_at_day": "1.12.2030", "closes_at_time": "16.00"}
    response = client.post(address(pair, "act", kind), fields)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"reason_sv"}
    assert "Vain suomeksi" in response.content.decode()
    assert not ParticipationAct.objects.exists()


def test_extending_shows_the_new_last_day_and_reason_on_both_pages(
    client, official, django_capture_on_commit_callbacks
):
    pair = hearing_pair(state="open")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            address(pair, "act", "extend"), REASONS | {"closes_at_day": "30.11.2030", "closes_at_time": ""}
        )
    for page, reason in ((pair.fi, "Perustelu suomeksi"), (pair.sv, "Motivering på svenska")):
        text = client.get(page.url).content.decode()
        assert "30.11.2030" in text
        assert reason in text
    history = client.get(address(pair, "history")).content.decode()
    assert "30.11.2030" in history
    assert "Motivering på svenska" in history


def test_an_act_whose_time_has_passed_says_so(client, official):
    pair = hearing_pair(state="closed")
    response = client.post(
        address(pair, "act", "extend"), REASONS | {"closes_at_day": "1.12.2030", "closes_at_time": ""}
    )
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert client.get(address(pair, "act", "unheard-of")).status_code == 404


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_screen_opens_in_every_state(client, state, language):
    pair = hearing_pair(state=state.value)
    CommentFactory(participation=pair.hearing)
    AttachmentFactory(participation=pair.hearing, title_sv="")
    client.force_login(staff_member("administrator", language=language))
    for name in ("settings", "languages", "history", "copy"):
        assert client.get(address(pair, name)).status_code == 200
    listing = client.get(reverse("participations:list"), {"state": state.value}).content.decode()
    assert {"fi": "Palvelulupaus", "sv": "Servicelöftet"}[language] in listing


def test_the_list_finds_by_title_matter_and_diary_number_in_constant_queries(client, official):
    def queries(**query):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse("participations:list"), query)
        return len(captured), {row["participation"].pk for row in response.context["rows"]}

    first = hearing_pair(diary_number="ESIM/9", matter_fi="Kirjasto")
    queries()
    few, found = queries()
    assert found == {first.hearing.pk}
    others = [hearing_pair(state="draft") for _number in range(4)]
    many, found = queries()
    assert len(found) == 5
    assert many <= few
    assert queries(q="ESIM/9")[1] == {first.hearing.pk}
    assert queries(q="kirjasto")[1] == {first.hearing.pk}
    assert len(queries(q="servicelöf")[1]) == 5
    assert queries(state="draft")[1] == {pair.hearing.pk for pair in others}
    assert len(queries(state="nonsense")[1]) == 5


def test_the_gate_screen_says_what_is_missing_in_each_language(client, official):
    pair = hearing_pair(state="scheduled")
    HearingPage.objects.filter(pk=pair.sv.pk).update(decided="", live=False)
    AttachmentFactory(participation=pair.hearing, title_sv="")
    response = client.get(address(pair, "languages"))
    swedish = next(one for one in response.context["versions"] if one["language"] == "sv")
    assert len(swedish["missing"]) == 3
    assert response.context["missing_rows"]
    assert not response.context["report"].complete
    assert reverse("wagtailadmin_pages:edit", args=[pair.sv.pk]) in response.content.decode()


def test_confirming_a_translation_completes_the_language_until_it_changes(client, official):
    pair = hearing_pair(state="scheduled")
    for page in (pair.fi, pair.sv):
        page.save_revision().publish()
    assert client.get(address(pair, "languages")).context["report"].complete is False
    client.post(address(pair, "confirm", "sv"))
    assert client.get(address(pair, "languages")).context["report"].complete is True
    pair.fi.save_revision().publish()
    assert client.get(address(pair, "languages")).context["report"].complete is False
    assert client.post(address(pair, "confirm", "xx")).status_code == 302
    assert ParticipationAct.objects.filter(kind=ActKind.CONFIRM).count() == 1


def test_the_review_shows_who_and_whether_it_still_holds(client, official):
    pair = hearing_pair(state="scheduled")
    client.post(address(pair, "act", "review"))
    review = client.get(address(pair, "languages")).context["review"]
    assert (review["act"].actor, review["is_current"]) == (official, True)
    pair.fi.save_revision()
    assert client.get(address(pair, "languages")).context["review"]["is_current"] is False


def test_copying_makes_a_pair_of_drafts(client, official):
    pair = hearing_pair(state="answered", diary_number="ESIM/1")
    CommentFactory(participation=pair.hearing)
    fields = {"title_fi": "Uusi lupaus", "title_sv": "Nytt löfte", "slug_fi": "", "slug_sv": "det-nya"}
    response = client.post(address(pair, "copy"), fields)
    new = Hearing.objects.exclude(pk=pair.hearing.pk).get()
    assert response.url == reverse("participations:settings", args=[new.public_id])
    pages = {
        page.locale.language_code: page
        for page in HearingPage.objects.filter(translation_key=new.translation_key)
    }
    assert {code: (page.title, page.slug, page.live) for code, page in pages.items()} == {
        "fi": ("Uusi lupaus", "uusi-lupaus", False),
        "sv": ("Nytt löfte", "det-nya", False),
    }
    assert (new.diary_number, new.opens_at, new.received_count) == ("", None, 0)


def test_copying_onto_a_taken_address_is_refused(client, official):
    pair = hearing_pair()
    fields = {"title_fi": "A", "title_sv": "B", "slug_fi": "", "slug_sv": pair.sv.slug}
    hearing_pair_count = Hearing.objects.count()
    other = hearing_pair()
    response = client.post(address(other, "copy"), fields)
    assert response.status_code == 422
    assert Hearing.objects.count() == hearing_pair_count + 1


def test_wagtails_copy_leads_to_the_copy_of_the_pair(client):
    pair = hearing_pair()
    client.force_login(staff_member("editor"))
    copy = reverse("wagtailadmin_pages:copy", args=[pair.fi.pk])
    assert client.get(copy).url == address(pair, "copy")
    fields = {
        "new_title": "Vain suomeksi",
        "new_slug": "vain-suomeksi",
        "new_parent_page": pair.fi.get_parent().pk,
    }
    assert client.post(copy, fields).url == address(pair, "copy")
    assert HearingPage.objects.count() == 2


def test_explorer_and_editors_lead_to_the_settings(client):
    pair = hearing_pair()
    client.force_login(staff_member("editor"))
    by_key = reverse("participations:by_key", args=[pair.fi.translation_key])
    explorer = reverse("wagtailadmin_explore", args=[pair.fi.get_parent().pk])
    for screen in (explorer, reverse("wagtailadmin_pages:edit", args=[pair.fi.pk])):
        assert by_key in client.get(screen).content.decode()
    assert client.get(by_key).url == address(pair, "settings")
    home = Page.objects.get(pk=pair.fi.get_parent().pk)
    assert (
        str(home.translation_key)
        not in client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()
    )


def test_the_translation_editor_leads_to_the_settings(client):
    from participation.processes.services import translations

    pair = hearing_pair()
    translations.start(pair.fi, "sv")
    client.force_login(staff_member("administrator"))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[pair.sv.pk])).content.decode()
    assert "js-translation-editor" in page
    assert reverse("participations:by_key", args=[pair.fi.translation_key]) in page


def test_pages_of_participations_cannot_be_scheduled(client):
    pair = hearing_pair(state="draft")
    client.force_login(staff_member("editor"))
    edit = reverse("wagtailadmin_pages:edit", args=[pair.fi.pk])
    form = client.get(edit).context["form"]
    assert not {"go_live_at", "expire_at"} & set(form.fields)


def test_a_page_scheduled_past_the_form_opens_nothing_while_the_gate_is_shut():
    past = timezone.now() - dt.timedelta(hours=1)
    pair = hearing_pair(state="scheduled", opens_at=past, gate_met_at=None)
    for page in (pair.fi, pair.sv):
        page.unpublish()
    pair.fi.go_live_at = past
    pair.fi.save_revision(approved_go_live_at=past)
    call_command("publish_scheduled")
    assert HearingPage.objects.get(pk=pair.fi.pk).live
    assert Hearing.objects.get(pk=pair.hearing.pk).state == State.SCHEDULED


def test_other_apps_add_actions_for_whom_they_allow(client, official):
    pair = hearing_pair()
    admin_actions.register(
        "Kokeilu", lambda one: f"/kokeilu/{one.public_id}", lambda user, one: user == official, name="test"
    )
    try:
        link = f"/kokeilu/{pair.hearing.public_id}"
        assert link in client.get(address(pair, "history")).content.decode()
        client.force_login(staff_member("editor"))
        assert link not in client.get(address(pair, "history")).content.decode()
    finally:
        del admin_actions._actions["test"]


def test_moderators_get_to_their_queue_from_the_participation(client):
    pair = hearing_pair()
    client.force_login(staff_member("administrator"))
    assert f"participation={pair.hearing.public_id}" in client.get(address(pair, "settings")).content.decode()


def test_the_front_page_tells_what_waits_today(client, official):
    soon = timezone.now() + dt.timedelta(days=2)
    closing = hearing_pair(state="open", closes_at=soon)
    shut = hearing_pair(state="scheduled", opens_at=soon, closes_at=soon + dt.timedelta(days=30))
    Participation.objects.filter(pk=shut.hearing.pk).update(gate_met_at=None)
    due = hearing_pair(state="closed", planned_answer=timezone.localdate() - dt.timedelta(days=1))
    far = hearing_pair(state="open", closes_at=soon + dt.timedelta(days=60))
    page = client.get("/cms/").content.decode()
    assert address(closing, "settings") in page
    assert address(shut, "languages") in page
    assert address(due, "history") in page
    assert str(far.hearing.public_id) not in page
    client.force_login(staff_member("moderator"))
    assert address(closing, "settings") not in client.get("/cms/").content.decode()


@pytest.mark.parametrize("role", list(RoleGroup))
def test_registers_are_kept_by_editors_and_officials(client, role):
    user = staff_member(role)
    client.force_login(user)
    address = reverse(LegalBasis.snippet_viewset.get_url_name("add"))
    allowed = role in WRITERS
    assert client.get(address).status_code == (200 if allowed else 302)
    fields = {
        "name_fi": "Hallintolaki",
        "name_sv": "Förvaltningslagen",
        "section_fi": "41 §",
        "section_sv": "41 §",
        "source_language": "fi",
    }
    client.post(address, fields)
    assert LegalBasis.objects.exists() is allowed
    if allowed:
        assert Entry.objects.get(verb="legalbasis.created").actor == user.public_id
