"""Searching with a keyboard, with scripts and without, in both languages."""

import pytest

from portal.search.services import word_list
from tests.browser.keyboard import Keyboard
from tests.browser.pages import click_through
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 1280)
WORDS = {
    "fi": {"asked": "kirjastojen", "beginning": "kirj", "misspelt": "kirjsatojen", "better": "kirjastojen"},
    "sv": {"asked": "biblioteken", "beginning": "bibl", "misspelt": "bibloiteken", "better": "biblioteken"},
}
TITLES = {"fi": "Kirjastojen aukiolo", "sv": "Bibliotekens öppettider"}
PATHS = {"fi": "/fi/haku/", "sv": "/sv/sok/"}


@pytest.fixture
def site():
    pair = hearing_pair(fi={"title": TITLES["fi"]}, sv={"title": TITLES["sv"]})
    closed = hearing_pair(state="closed", fi={"title": "Kirjastojen verkko"}, sv={"title": "Biblioteken"})
    CommentFactory(participation=pair.hearing, original_text="Kirjastojen ovet auki.")
    CommentFactory(participation=closed.hearing, original_text="Biblioteken öppna.", language="sv")
    word_list.make_word_list()
    return pair


@pytest.mark.parametrize("width", WIDTHS)
def test_by_keyboard_from_the_front_page_to_what_was_looked_for(new_page, check_axe, site, language, width):
    page = new_page(language=language, width=width)
    keys = Keyboard(page)
    words = WORDS[language]
    page.goto(f"/{language}/")
    keys.follow(f"header a[href='{PATHS[language]}']")

    keys.to("#search-text")
    with page.expect_response(lambda answer: "q=" in answer.url and "json" in answer.headers["content-type"]):
        keys.write(words["beginning"])
    page.wait_for_selector("#search-titles option", state="attached")
    assert page.get_attribute("#search-titles option", "value") in (
        TITLES[language],
        "Kirjastojen verkko",
        "Biblioteken",
    )

    keys.press("ControlOrMeta+a", "Delete")
    keys.write(words["asked"])
    keys.press("Enter")
    page.wait_for_selector(".ar-result")
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    keys.choose("#filter-state", "open")
    keys.follow(".ar-filters button")
    assert page.locator(".ar-chosen__link").count() == 1
    assert all(
        "open" in tag
        for tag in page.locator(".ar-result .ar-tag").evaluate_all("all => all.map(one => one.className)")
    )
    check_axe(page)
    keys.follow(".ar-chosen__link")
    assert page.locator(".ar-chosen__link").count() == 0

    keys.follow(f".ar-result a[href='{site.page(language).url}']")
    assert TITLES[language] in page.inner_text("h1")


def test_without_scripts_a_misspelt_word_is_mended(new_page, site, language):
    page = new_page(language=language, width=320, javascript=False)
    words = WORDS[language]
    page.goto(PATHS[language])
    page.fill("#search-text", words["misspelt"])
    click_through(page, "form[role=search] button")
    click_through(page, f"a:text-is('{words['better']}')")
    assert page.locator(".ar-result").count() >= 1
    page.select_option("#filter-kind", "comment")
    click_through(page, ".ar-filters button")
    assert page.input_value("#search-text") == words["better"]
    # The other language's comment is found by the term list.
    assert page.locator(".ar-result").count() == 2
    assert page.locator(".ar-result__language").count() == 1


def test_axe_on_every_state_of_the_page(new_page, check_axe, site, language, settings):
    page = new_page(language=language, width=320)
    for question in ("", "?q=xyzzy", f"?q={WORDS[language]['misspelt']}", "?q=a&kind=comment"):
        page.goto(PATHS[language] + question)
        check_axe(page)
