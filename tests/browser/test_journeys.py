"""What each role comes to do, with the keyboard alone."""

import pytest

from participation.hearings.models import Comment
from participation.moderation.models import ModerationAct
from participation.processes.enums import ModerationState
from participation.reports.models import Report
from portal.jobs.models import JobFile
from tests.factories.accounts import PASSWORD, UserFactory, account_url
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, selector, limit=200):
    """Presses Tab until the element has the focus: fails when the keyboard does not get there."""
    for _number in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(
                "() => { const style = getComputedStyle(document.activeElement);"
                " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'"
                " || document.activeElement.matches('input[type=radio], input[type=checkbox]') }"
            ), f"{selector} has the focus and does not show it"
            return
    pytest.fail(f"the keyboard does not reach {selector} on {page.url}")


def enter(page, seconds=15):
    with page.expect_navigation(timeout=seconds * 1000):
        page.keyboard.press("Enter")


@pytest.mark.both
@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_resident_comments_and_gets_a_receipt(new_page, language, javascript):
    pair = hearing_pair(state="open")
    page = new_page(language=language, javascript=javascript, width=360)
    page.goto(pair.page(language).url)
    text = {"fi": "Haluan palvelua suomeksi.\nKiitos.", "sv": "Jag vill ha service på svenska.\nTack."}[
        language
    ]
    if javascript:
        tab_to(page, "textarea[name=text]")
        page.keyboard.insert_text(text)
        tab_to(page, "#write ~ form button[type=submit]")
        enter(page)
    else:
        page.fill("textarea[name=text]", text)
        page.click("#write ~ form button[type=submit]")
    page.wait_for_selector(".ar-receipt")
    comment = Comment.objects.get()
    assert comment.original_text == text
    assert comment.language == language
    assert comment.moderation_state == ModerationState.PENDING
    code = page.inner_text(".ar-code")
    assert len(code) >= 26
    with page.expect_navigation():
        page.click("form[action$='/poista/'] button, form[action$='/ta-bort/'] button")
    comment.refresh_from_db()
    assert comment.moderation_state == ModerationState.REMOVED


def test_nothing_typed_is_lost_on_an_error(new_page, language):
    pair = hearing_pair(state="open")
    page = new_page(language=language)
    page.goto(pair.page(language).url)
    page.fill("textarea[name=text]", "Pitkä ajatus.\n\nToinen kappale.")
    page.fill("input[name=email]", "ei-osoite")
    page.click("#write ~ form button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    assert page.input_value("textarea[name=text]") == "Pitkä ajatus.\n\nToinen kappale."
    assert page.input_value("input[name=email]") == "ei-osoite"
    page.click(".govuk-error-summary a")
    assert page.evaluate("document.activeElement.name") == "email"


def test_language_switch_goes_to_the_same_hearing(new_page):
    pair = hearing_pair(state="open")
    page = new_page()
    page.goto(pair.fi.url)
    tab_to(page, "a[hreflang=sv], a[lang='sv-FI'], .ar-languages a", limit=15)
    enter(page)
    assert page.url.endswith(pair.sv.url)
    assert page.get_attribute("html", "lang") == "sv-FI"


def test_moderator_publishes_and_hides(new_page):
    pair = hearing_pair(state="open")
    first, second = (CommentFactory(participation=pair.hearing, pending=True) for _number in range(2))
    page = new_page(user=UserFactory(moderator=True))
    page.goto("/cms/moderation/")
    tab_to(page, f"button[name=one][value='{first.public_id}']")
    enter(page)
    first.refresh_from_db()
    assert first.moderation_state == ModerationState.PUBLISHED
    page.goto(f"/cms/moderation/{second.public_id}/")
    page.select_option("select[name$=reason]:not([name^=redaction])", index=1)
    tab_to(page, "button[name=act][value=hide]")
    enter(page)
    second.refresh_from_db()
    assert second.moderation_state == ModerationState.HIDDEN
    assert ModerationAct.objects.filter(contribution=second).exists()
    page.goto(pair.fi.url)
    assert first.public_text in page.inner_text("main")
    assert second.public_text not in page.inner_text("main")


def test_official_makes_a_report_and_downloads_it(new_page):
    pair = hearing_pair(state="closed")
    CommentFactory(participation=pair.hearing, part=pair.parts[0])
    page = new_page(user=UserFactory(official=True))
    page.goto(f"/cms/participations/{pair.hearing.public_id}/")
    tab_to(page, "a[href$='/reports/']")
    enter(page)
    tab_to(page, "#make-report ~ form button[type=submit]")
    # The suite's jobs run within the request.
    enter(page, seconds=120)
    report = Report.objects.get()
    page.goto(f"/cms/participations/{pair.hearing.public_id}/reports/")
    files = JobFile.objects.filter(job=report.job)
    assert {file.language for file in files} >= {"fi", "sv"}
    with page.expect_download() as download:
        page.locator("a[href^='/files/']").first.click()
    assert download.value.suggested_filename


def test_editor_publishes_a_hearing_in_finnish_and_the_gate_stays_shut(new_page):
    pair = hearing_pair(state="draft")
    pair.fi.unpublish()
    pair.sv.unpublish()
    page = new_page(user=UserFactory(editor=True))
    page.goto(f"/cms/pages/{pair.fi.pk}/edit/")
    page.fill("input[name=title]", "Uusi otsikko")
    tab_to(page, "[data-w-dropdown-target=toggle], button.w-dropdown__toggle", limit=400)
    with page.expect_navigation():
        page.locator("button[name=action-publish]").first.evaluate("button => button.click()")
    pair.fi.refresh_from_db()
    assert pair.fi.live
    assert pair.fi.title == "Uusi otsikko"
    page.goto(f"/cms/participations/{pair.hearing.public_id}/languages/")
    assert "Uusi otsikko" in page.inner_text("main")
    pair.hearing.refresh_from_db()
    assert pair.hearing.gate_met_at is None


def test_staff_sign_in_through_the_same_door(new_page, language):
    UserFactory(editor=True, email="toimittaja@example.fi", language=language)
    page = new_page(language=language)
    page.goto("/cms/")
    assert "login" in page.url or account_url("account_login", "fi") in page.url
    page.goto(account_url("account_login", language) + "?next=/cms/")
    tab_to(page, "input[name=login]")
    page.keyboard.insert_text("toimittaja@example.fi")
    tab_to(page, "input[name=password]")
    page.keyboard.insert_text(PASSWORD)
    enter(page)
    page.wait_for_url("**/cms/")
