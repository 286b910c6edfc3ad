import datetime as dt
import re
import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from participation.hearings.models import HearingPage
from participation.processes.enums import ActKind, State
from participation.processes.services import contributions
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, SupportFactory, ago, hearing_pair
from tests.factories.pages import index
from tests.factories.processes import (
    AttachmentFactory,
    ContactPersonFactory,
    LegalBasisFactory,
    MunicipalityFactory,
    PartFactory,
    ParticipationActFactory,
    ServiceAreaFactory,
    UnitFactory,
    authority,
)

pytestmark = pytest.mark.django_db
STATEMENTS = {
    "fi": ["Aluevaltuusto päättää lupauksesta.", "Sanamuotoon", "oikeudet ovat laissa", "tehdään raportti"],
    "sv": ["Fullmäktige beslutar om löftet.", "Ordalydelsen", "rättigheterna finns", "görs en rapport"],
}


def page(client, pair, language="fi", **query):
    return client.get(pair.page(language).url, query).content.decode()


def thread_of(comment, name="thread"):
    with translation.override("fi"):
        return reverse(f"hearings:{name}", kwargs={"comment_id": comment.public_id})


def comments_in(body):
    return re.findall(r'id="c-([0-9a-f-]{36})"', body)


def test_the_page_says_what_is_decided_in_its_own_language(client, language):
    pair = hearing_pair()
    body = page(client, pair, language)
    for statement in STATEMENTS[language]:
        assert statement in body
    for number in (1, 2):
        assert {"fi": f"Kohta {number}", "sv": f"Avsnitt {number}"}[language] in body


def test_the_key_facts_are_told_in_both_languages(client, language):
    pair = hearing_pair(
        legal_basis=LegalBasisFactory(),
        unit=UnitFactory(),
        preparer=ContactPersonFactory(),
        service_area=ServiceAreaFactory(),
        target_groups=["young"],
    )
    pair.hearing.municipalities.add(MunicipalityFactory(code="049", name_fi="Espoo", name_sv="Esbo"))
    body = page(client, pair, language)
    words = {
        "fi": ["Laki hyvinvointialueesta 29 §", "Järjestäminen", "suunnittelija", "Kaikki palvelut", "Espoo"],
        "sv": ["Lagen om välfärdsområden 29 §", "Ordnande", "planerare", "All service", "Esbo"],
    }
    for word in [*words[language], pair.hearing.diary_number, pair.hearing.text("matter", language)]:
        assert word in body


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_only_an_open_hearing_has_a_form(client, state):
    pair = hearing_pair(state=state.value)
    body = page(client, pair)
    assert ('name="text"' in body) == (state == State.OPEN)
    assert ("Lupaus muuttui." in body) == (state == State.ANSWERED)


def test_a_comment_is_shown_on_both_pages_in_its_own_language(client, language):
    pair = hearing_pair()
    CommentFactory(participation=pair.hearing)
    CommentFactory(participation=pair.hearing, swedish=True)
    CommentFactory(participation=pair.hearing, language="other", original_text="Un commentaire.")
    body = page(client, pair, language)
    found = re.findall(r'class="ar-comment__text" lang="([^"]+)"', body)
    assert sorted(found) == ["fi", "sv-FI", "und"]


@pytest.mark.parametrize(
    ("mode", "state", "shown"),
    [
        ("at_once", "open", True),
        ("after_moderation", "open", True),
        ("after_closing", "open", False),
        ("after_closing", "closed", True),
        ("after_closing", "answered", True),
        ("summary_only", "open", False),
        ("summary_only", "answered", False),
    ],
)
def test_comments_are_shown_when_the_editor_chose(client, mode, state, shown):
    pair = hearing_pair(state=state, moderation_mode=mode)
    comment = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    body = page(client, pair)
    assert (comment.public_text in body) == shown
    assert bool(comments_in(body)) == shown
    assert client.get(thread_of(comment)).status_code == (200 if shown else 404)


@pytest.mark.parametrize(
    "traits", [{"pending": True}, {"hidden": True}, {"withdrawn": True}, {"preparers": True}]
)
def test_what_is_not_public_is_nowhere(client, language, traits):
    pair = hearing_pair()
    comment = CommentFactory(participation=pair.hearing, original_text="Kanarialintu 7419", **traits)
    assert "7419" not in page(client, pair, language)
    assert client.get(thread_of(comment)).status_code == 404
    assert client.get(thread_of(comment, "report_comment")).status_code == 404


@pytest.mark.parametrize("traits", [{"hidden": True}, {"withdrawn": True}])
def test_where_a_comment_has_gone_the_replies_of_others_stand(client, traits):
    pair = hearing_pair()
    root = CommentFactory(
        participation=pair.hearing, original_text="Kanarialintu", display_name="Nimi", **traits
    )
    reply = CommentFactory(participation=pair.hearing, parent=root)
    body = page(client, pair)
    assert reply.public_text in body
    assert comments_in(body) == [str(root.public_id), str(reply.public_id)]
    assert "Kanarialintu" not in body


def test_threads_go_page_by_page_and_stay_still_when_new_ones_come(client):
    pair = hearing_pair()
    made = [
        CommentFactory(participation=pair.hearing, received_at=ago(minutes=60 - number))
        for number in range(45)
    ]
    newest_first = [str(comment.public_id) for comment in reversed(made)]
    first = page(client, pair)
    assert comments_in(first) == newest_first[:20]
    older = re.search(r"older=([0-9a-f-]+)", first).group(1)
    CommentFactory(participation=pair.hearing)
    second = page(client, pair, older=older)
    assert comments_in(second) == newest_first[20:40]
    last = page(client, pair, older=re.search(r"older=([0-9a-f-]+)", second).group(1))
    assert comments_in(last) == newest_first[40:]
    assert "older=" not in last
    back = page(client, pair, newer=re.search(r"newer=([0-9a-f-]+)", second).group(1))
    assert comments_in(back) == newest_first[:20]
    assert "newer=" in back


def test_comments_of_the_same_moment_are_all_reached(client):
    pair = hearing_pair()
    moment = ago(hours=1)
    made = {
        str(CommentFactory(participation=pair.hearing, received_at=moment).public_id) for _one in range(41)
    }
    found, query = [], {}
    for _page in range(3):
        body = page(client, pair, **query)
        found += comments_in(body)
        link = re.search(r"older=([0-9a-f-]+)", body)
        query = {"older": link.group(1)} if link else {}
    assert len(found) == 41
    assert set(found) == made


def test_comments_can_be_limited_to_a_section(client):
    pair = hearing_pair()
    first, second = (CommentFactory(participation=pair.hearing, part=part) for part in pair.parts)
    assert comments_in(page(client, pair, part=str(pair.parts[1].public_id))) == [str(second.public_id)]
    assert len(comments_in(page(client, pair))) == 2
    assert len(comments_in(page(client, pair, part="ei-osio", older="ei-tunniste"))) == 2
    assert first.public_text


def test_five_replies_are_shown_with_official_ones_first_and_a_link_to_the_rest(client):
    pair = hearing_pair()
    root = CommentFactory(participation=pair.hearing)
    replies = [
        CommentFactory(participation=pair.hearing, parent=root, received_at=ago(minutes=30 - number))
        for number in range(7)
    ]
    answer = CommentFactory(
        participation=pair.hearing, parent=root, official=True, display_name="Kaisa Virka"
    )
    body = page(client, pair)
    shown = [answer, *replies[:4]]
    assert comments_in(body) == [str(one.public_id) for one in (root, *shown)]
    assert "ar-comment--official" in body
    link = thread_of(root)
    assert link in body
    assert len(comments_in(client.get(link).content.decode())) == 9


def test_a_waiver_that_has_lapsed_is_not_shown(client, language):
    pair = hearing_pair()
    ParticipationActFactory(participation=pair.hearing, kind=ActKind.WAIVE)
    body = page(client, pair, language)
    assert {"fi": "Aikaa tarvitaan lisää.", "sv": "Det behövs mer tid."}[language] not in body


def test_reasons_that_staff_gave_stand_on_both_pages(client, language):
    pair = hearing_pair(gate_waived_at=timezone.now())
    for kind in (ActKind.EXTEND, ActKind.WAIVE):
        ParticipationActFactory(participation=pair.hearing, kind=kind)
    ParticipationActFactory(
        participation=pair.hearing, kind=ActKind.SETTINGS, reason_fi="Sisäinen.", reason_sv="Intern."
    )
    body = page(client, pair, language)
    assert body.count({"fi": "Aikaa tarvitaan lisää.", "sv": "Det behövs mer tid."}[language]) == 2
    assert {"fi": "Sisäinen.", "sv": "Intern."}[language] not in body


def test_a_file_in_the_other_language_says_so(client):
    pair = hearing_pair()
    AttachmentFactory(participation=pair.hearing, language="fi")
    finnish, swedish = page(client, pair, "fi"), page(client, pair, "sv")
    assert "Selvitys" in finnish
    assert (
        'hreflang="fi"'
        not in re.sub(r"<link[^>]*>|<a[^>]*ar-[^>]*lang[^>]*>", "", finnish).partition("<main")[2]
    )
    assert "Utredning" in swedish
    assert "En utredning om servicen." in swedish
    assert 'hreflang="fi"' in swedish.partition("<main")[2]


def test_a_page_behind_its_source_says_so_until_it_is_confirmed(client):
    pair = hearing_pair()
    with time_machine.travel(timezone.now() - dt.timedelta(days=1), tick=False):
        pair.sv.save_revision().publish()
    pair.fi.save_revision().publish()
    pair.sv.refresh_from_db()
    assert "ar-banner--info" in page(client, pair, "sv")
    assert "ar-banner--info" not in page(client, pair, "fi")


def test_a_page_can_be_previewed_before_it_is_saved(rf):
    parent = index("decision", "fi")
    page = HearingPage(title="Uusi", slug="uusi", locale=parent.locale, lead="Lyhyesti.")
    page.path, page.depth, page.url_path = parent.path + "0001", parent.depth + 1, parent.url_path + "uusi/"
    response = page.make_preview_request(rf.get("/"), "")
    assert response.status_code == 200
    assert "Uusi" in response.content.decode()


def test_a_closed_section_takes_no_comments_and_the_others_do(client):
    pair = hearing_pair()
    pair.parts[0].closed_at = ago(hours=1)
    pair.parts[0].save()
    body = page(client, pair)
    options = re.findall(r'<option value="([0-9a-f-]{36})"', body)
    assert options == [str(pair.parts[1].public_id)]


def test_a_part_without_a_block_on_the_page_harms_nothing(client):
    pair = hearing_pair()
    PartFactory(participation=pair.hearing, order=9)
    assert client.get(pair.fi.url).status_code == 200


def test_the_address_chooses_section_and_reply(client):
    pair = hearing_pair()
    comment = CommentFactory(participation=pair.hearing, original_text="Vastaa tähän!")
    part = str(pair.parts[1].public_id)
    assert re.search(rf'<option value="{part}" selected', page(client, pair, part=part))
    body = page(client, pair, reply=str(comment.public_id))
    assert f'name="reply" value="{comment.public_id}"' in body
    assert body.count("Vastaa tähän!") == 2


@pytest.mark.parametrize("name", ["part", "reply", "older", "newer"])
@pytest.mark.parametrize("value", ["", "x", "\0", str(uuid.UUID(int=7))])
def test_an_address_that_names_nothing_shows_the_page(client, name, value):
    assert client.get(hearing_pair().fi.url, {name: value}).status_code == 200


def test_municipalities_are_the_authoritys_in_the_readers_language(client, language):
    authority().municipalities.add(MunicipalityFactory(code="049", name_fi="Espoo", name_sv="Esbo"))
    profile = authority()
    profile.municipalities.add(MunicipalityFactory(code="049"))
    profile.save()
    MunicipalityFactory(code="564", name_fi="Oulu", name_sv="Uleåborg")
    body = page(client, hearing_pair(), language)
    assert re.search(rf'<option value="049"[^>]*>{ {"fi": "Espoo", "sv": "Esbo"}[language] }<', body)
    assert 'value="564"' not in body


def test_supports_are_shown_and_my_own_marked(client):
    pair = hearing_pair()
    user = UserFactory()
    mine, other = (CommentFactory(participation=pair.hearing) for _number in range(2))
    SupportFactory(comment=mine, user=user, device_key="")
    client.force_login(user)
    body = page(client, pair)
    assert body.count('name="undo"') == 1
    assert body.index(f"c-{other.public_id}") < body.index(f"c-{mine.public_id}") < body.index('name="undo"')


def test_supporting_can_be_switched_off(client):
    pair = hearing_pair(support_allowed=False)
    comment = CommentFactory(participation=pair.hearing)
    assert thread_of(comment, "support") not in page(client, pair)


def test_html_of_a_writer_is_shown_as_text(client):
    pair = hearing_pair()
    evil = "<script>alert(1)</script>\n<img src=x onerror=alert(2)>"
    CommentFactory(participation=pair.hearing, original_text=evil, display_name="<b>Nimi</b>")
    body = page(client, pair)
    assert escape("<script>alert(1)</script>") in body
    assert "<b>Nimi" not in body


def test_a_hidden_comment_is_gone_from_the_next_answer_though_pages_are_cached(
    client, django_capture_on_commit_callbacks
):
    pair = hearing_pair()
    comment = CommentFactory(participation=pair.hearing, original_text="Kanarialintu 7419")
    assert "7419" in page(client, pair)
    with django_capture_on_commit_callbacks(execute=True):
        contributions.set_moderation_state(contribution=comment, state="hidden", reason="insults")
    assert "7419" not in page(client, pair)
