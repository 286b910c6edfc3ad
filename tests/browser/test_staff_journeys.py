"""What moderators, editors and officials come to do, from signing in to the end, with the keyboard alone."""

import datetime as dt
import hashlib
import time

import pytest
from django.utils import timezone

from participation.hearings.models import Hearing, HearingPage
from participation.moderation.models import ModerationAct
from participation.processes.enums import ModerationState, State
from participation.processes.models import LegalBasis
from portal.core.models import Unit
from portal.jobs.models import JobFile
from tests.browser.keyboard import Keyboard
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import index
from tests.factories.processes import LegalBasisFactory, UnitFactory, authority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]


def signed_in(new_page, language="fi", **role):
    """At the administration's front page, by the form that everybody uses."""
    user = UserFactory(language=language, **role)
    page = new_page(language=language)
    page.goto("/cms/")
    keys = Keyboard(page)
    keys.fill("input[name=login]", user.email)
    keys.fill("input[name=password]", PASSWORD)
    keys.enter()
    page.wait_for_url("**/cms/")
    return keys


def seen_in_public(page, pair):
    texts = []
    for language in ("fi", "sv"):
        page.goto(pair.page(language).url)
        texts.append(page.inner_text("main"))
    return texts


def test_moderator_publishes_one_comment_and_hides_another_with_a_reason(new_page):
    pair = hearing_pair(state="open")
    waiting = CommentFactory(participation=pair.hearing, pending=True)
    shown = CommentFactory(participation=pair.hearing, swedish=True)
    keys = signed_in(new_page, language="sv", moderator=True)
    public = new_page()
    assert all(shown.public_text in text for text in seen_in_public(public, pair))

    keys.follow("a[href='/cms/moderation/']")
    keys.follow(f"button[name=one][value='{waiting.public_id}']")
    keys.follow("main a[href*='shown=published']")
    keys.follow(f"main a[href^='/cms/moderation/{shown.public_id}/']")
    keys.fill("#id_note", "I kommentaren nämns en annan person.")
    keys.choose("#id_reason", "personal_data")
    keys.follow("button[name=act][value=hide]")

    for one, state in ((waiting, ModerationState.PUBLISHED), (shown, ModerationState.HIDDEN)):
        one.refresh_from_db()
        assert one.moderation_state == state
    act = ModerationAct.objects.get(contribution=shown)
    assert (act.reason, act.note) == ("personal_data", "I kommentaren nämns en annan person.")
    for text in seen_in_public(public, pair):
        assert waiting.public_text in text
        assert shown.public_text not in text


FINNISH = {
    "decided": "Aluevaltuusto päättää lähipalvelujen verkosta.",
    "can_influence": "Voit vaikuttaa aukioloaikoihin.",
    "fixed": "Asemien määrä on jo päätetty.",
    "use_of_answers": "Vastauksista tehdään raportti.",
}
SWEDISH = [
    "Närservice 2030",
    "Vilken service behöver du nära dig?",
    "Fullmäktige beslutar om nätet för närservice.",
    "Du kan påverka öppettiderna.",
    "Antalet stationer är redan bestämt.",
    "Av svaren görs en rapport.",
    "Öppettider",
    "Öppet på kvällar.",
]


WATCH_EDITS = """document.addEventListener("w-unsaved:watch-edits", () => {
  document.documentElement.dataset.editsWatched = "";
});"""


def publish(keys):
    """Opens the list beside the button that saves a draft, and chooses to publish."""
    keys.to("footer .w-dropdown__toggle")
    keys.press("Enter")
    keys.follow("button[name=action-publish]")
    assert "Lähipalvelut 2030" in keys.page.inner_text(".messages")


def write_rich_text(keys, name, text):
    """The editor puts what was typed into the form a quarter of a second after the last key."""
    keys.to(f".w-field:has([name={name}]) [contenteditable=true]")
    keys.write(text)
    question = f"() => document.querySelector('[name={name}]').value.includes('{text}')"
    keys.until(question, f"{name} is not in the form")


def write_finnish(keys):
    keys.fill("input[name=title]", "Lähipalvelut 2030")
    keys.fill("textarea[name=lead]", "Mitä palveluja tarvitset lähellä?")
    for name, text in FINNISH.items():
        write_rich_text(keys, name, text)
    keys.to("#panel-child-sisalto-sections-section .c-sf-add-button")
    keys.press("Enter")
    keys.until(
        "element => element.name === 'sections-0-value-heading'", "a new section does not take the focus"
    )
    keys.write("Aukioloajat")
    write_rich_text(keys, "sections-0-value-text", "Auki iltaisin.")


def translate(keys, text):
    """One piece of text in the translation editor: its button opens a field that takes the focus."""
    keys.to("main button", named="Käännä")
    keys.press("Enter")
    keys.until("element => element.tagName === 'TEXTAREA'", "the field does not get it")
    keys.write(text)
    keys.to("main button", named="Tallenna")
    keys.press("Enter")
    keys.page.wait_for_selector(f"main li:not(.incomplete) >> text={text}")


def test_editor_writes_a_hearing_translates_it_and_publishes_both(new_page):
    authority()
    parent = index("decision")
    keys = signed_in(new_page, editor=True)
    page = keys.page

    keys.follow("main a[href^='/cms/pages/']")
    keys.follow(f"main a[href='/cms/pages/{parent.pk}/add_subpage/']")
    page.add_init_script(WATCH_EDITS)
    keys.follow("a[href*='/add/participation_hearings/hearingpage/']")
    # What is typed in the first two seconds is what Wagtail takes for the page as it came.
    page.wait_for_selector("html[data-edits-watched]")
    write_finnish(keys)
    # Autosave has made the draft: until then the button would make a second one beside it.
    page.wait_for_url("**/edit/**")
    publish(keys)
    hearing = Hearing.objects.get()
    finnish = HearingPage.objects.get(locale__language_code="fi")
    assert finnish.live
    assert FINNISH["fixed"] in finnish.fixed

    keys.follow("a[href='/cms/participations/']")
    keys.follow(f"main a[href='/cms/participations/{hearing.public_id}/']")
    keys.follow(f"main a[href='/cms/participations/{hearing.public_id}/languages/']")
    assert "Ruotsi: puuttuu" in page.inner_text("main")
    assert str(hearing.public_id) not in page.inner_text("main"), "staff are told names, not ids"
    keys.follow(f"main a[href='/cms/localize/submit/page/{finnish.pk}/']")
    keys.tick("input[name=locales]")
    keys.follow("main input[type=submit]")
    page.wait_for_selector("main li.incomplete")
    for text in SWEDISH:
        translate(keys, text)
    keys.to("a[role=tab]", named="Nosto", key="Shift+Tab")
    keys.press("Enter")
    translate(keys, "narservice-2030")
    keys.follow("button[name=action][value=publish]")

    swedish = HearingPage.objects.get(locale__language_code="sv")
    assert (swedish.live, swedish.title, swedish.slug) == (True, "Närservice 2030", "narservice-2030")
    assert SWEDISH[4] in swedish.fixed
    keys.follow(f"a[href='/cms/participations/by-key/{hearing.translation_key}/']")
    keys.follow(f"main a[href='/cms/participations/{hearing.public_id}/languages/']")
    text = page.inner_text("main")
    assert "Suomi: valmis" in text
    assert "Ruotsi: valmis" in text
    hearing.refresh_from_db()
    assert hearing.gate_met_at is None, "no dates yet: both languages alone do not open it"


def fill_in_settings(keys, opens, closes):
    """What an official knows of a hearing, in the order of the form."""
    keys.fill("input[name=opens_at_day]", opens)
    keys.fill("input[name=closes_at_day]", closes)
    keys.fill("input[name=closes_at_time]", "16.15")
    keys.fill("input[name=planned_answer]", "30.11.2030")
    keys.fill("input[name=matter_fi]", "Lähipalvelujen verkko")
    keys.fill("input[name=matter_sv]", "Nätet för närservice")
    keys.choose("select[name=legal_basis]", str(LegalBasis.objects.get().pk))
    keys.choose("select[name=source_language]", "fi")
    keys.choose("select[name=unit]", str(Unit.objects.get().pk))
    keys.tick("input[name=municipalities]")
    keys.tick("input[name=target_groups][value=families]")
    keys.tick("input[name=life_stages][value=childhood]")
    keys.choose("select[name=moderation_mode]", "at_once")
    keys.follow("button.button[type=submit]", named="Tallenna asetukset")


def follow_progress(page, seconds=90):
    """How far the work was each time that the page, never loaded anew, told of it; until it is over."""
    shown, deadline = [], time.monotonic() + seconds
    while page.locator("[data-job-unfinished]").count():
        assert time.monotonic() < deadline, shown
        value = page.evaluate("document.querySelector('progress')?.value ?? null")
        if value is not None and value not in shown:
            shown.append(value)
        page.wait_for_timeout(100)
    return shown


def test_official_opens_a_hearing_and_makes_its_report(new_page, worker):
    worker()
    authority()
    LegalBasisFactory(), UnitFactory()
    pair = hearing_pair(state="draft")
    for one in (pair.fi, pair.sv):
        one.save_revision().publish()
    hearing = pair.hearing
    address = f"/cms/participations/{hearing.public_id}/"
    keys = signed_in(new_page, official=True)
    page = keys.page

    keys.follow("a[href='/cms/participations/']")
    keys.follow(f"main a[href='{address}']")
    today = timezone.localdate()
    until = today + dt.timedelta(days=20)
    fill_in_settings(keys, f"{today:%d.%m.%Y}", f"{until:%d.%m.%Y}")
    hearing.refresh_from_db()
    assert timezone.localtime(hearing.closes_at).strftime("%d.%m.%Y %H.%M") == f"{until:%d.%m.%Y} 16.15"
    assert hearing.target_groups == ["families"]
    assert hearing.state != State.OPEN, "nobody has said that the two texts say the same"

    keys.follow(f"main a[href='{address}languages/']")
    keys.follow("form[action$='/sv/confirm/'] button")
    hearing.refresh_from_db()
    assert hearing.state == State.OPEN
    assert "Avoinna" in page.inner_text("main")
    CommentFactory(participation=hearing, part=pair.parts[0])
    CommentFactory(participation=hearing, part=pair.parts[1], swedish=True)

    keys.follow(f"a[href='{address}reports/']")
    keys.follow("button[type=submit]", named="Tee raportti")
    assert follow_progress(page), "the progress was not seen"
    for file in JobFile.objects.order_by("language", "name"):
        keys.to(f"a[href='/files/{file.public_id}']")
        with page.expect_download() as download:
            keys.press("Enter")
        assert download.value.suggested_filename == file.name
        assert hashlib.sha256(download.value.path().read_bytes()).hexdigest() == file.sha256
    assert {file.language for file in JobFile.objects.all()} == {"fi", "sv"}
    assert JobFile.objects.count() == 10
