"""What residents come to do, with the keyboard alone."""

import pytest

from participation.hearings.models import Comment
from participation.processes.enums import ModerationState
from tests.browser.keyboard import Keyboard
from tests.browser.pages import click_through
from tests.factories.hearings import hearing_pair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.both
@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_resident_comments_and_gets_a_receipt(new_page, language, javascript):
    pair = hearing_pair(state="open")
    page = new_page(language=language, javascript=javascript, width=360)
    page.goto(pair.page(language).url)
    text = {"fi": "Haluan palvelua suomeksi.\nKiitos.", "sv": "Jag vill ha service på svenska.\nTack."}[
        language
    ]
    keys = Keyboard(page)
    keys.to("textarea[name=text]")
    keys.write(text)
    keys.follow("#write ~ form button[type=submit]")
    page.wait_for_selector(".ar-receipt")
    comment = Comment.objects.get()
    assert comment.original_text == text
    assert comment.language == language
    assert comment.moderation_state == ModerationState.PENDING
    code = page.inner_text(".ar-code")
    assert len(code) >= 26
    keys.follow("form[action$='/poista/'] button, form[action$='/ta-bort/'] button")
    comment.refresh_from_db()
    assert comment.moderation_state == ModerationState.REMOVED


def test_nothing_typed_is_lost_on_an_error(new_page, language):
    pair = hearing_pair(state="open")
    page = new_page(language=language)
    page.goto(pair.page(language).url)
    page.fill("textarea[name=text]", "Pitkä ajatus.\n\nToinen kappale.")
    page.fill("input[name=email]", "ei-osoite")
    click_through(page, "#write ~ form button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    assert page.input_value("textarea[name=text]") == "Pitkä ajatus.\n\nToinen kappale."
    assert page.input_value("input[name=email]") == "ei-osoite"
    page.click(".govuk-error-summary a")
    assert page.evaluate("document.activeElement.name") == "email"


def test_language_switch_goes_to_the_same_hearing(new_page):
    pair = hearing_pair(state="open")
    page = new_page()
    page.goto(pair.fi.url)
    Keyboard(page).follow(".ar-languages a[hreflang=sv]", limit=15)
    assert page.url.endswith(pair.sv.url)
    assert page.get_attribute("html", "lang") == "sv-FI"
