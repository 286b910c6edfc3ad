"""axe on every page type and state, in both languages, at 320 px and on a desktop, after interaction."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from participation.processes.enums import State
from participation.processes.receipts import receipt_code
from tests.factories.accounts import UserFactory, account_url
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory, InformationPageFactory, ProcessPageFactory, home, index
from tests.factories.processes import ContactPersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 1280)
MILESTONE = {
    "type": "milestone",
    "value": {
        "date": dt.date(2026, 2, 2),
        "title": "Valtuuston kokous",
        "deciding_body": "Aluevaltuusto",
        "audience": "Kaikki",
        "text": "<p>Kokous.</p>",
    },
}
BODY = [
    {"type": "heading", "value": "Otsikko"},
    {"type": "text", "value": "<p>Teksti ja <b>lihavointi</b>.</p><ul><li>kohta</li></ul>"},
]


def with_comments(pair):
    comment = CommentFactory(participation=pair.hearing, part=pair.parts[0], display_name="Esimerkki")
    CommentFactory(participation=pair.hearing, parent=comment, official=True)
    CommentFactory(participation=pair.hearing, swedish=True)
    return pair


def ordinary_pages(language):
    information = InformationPageFactory(language=language, published_on=dt.date(2026, 1, 5), body=BODY)
    information.contact_persons.set([ContactPersonFactory()])
    information.save()
    process = ProcessPageFactory(
        language=language,
        milestones=[MILESTONE],
        phases=[
            {"type": "phase", "value": {"title": "Valmistelu", "starts": None, "ends": None, "text": ""}}
        ],
    )
    pages = [home(language), information, process, ContentPageFactory(language=language, body=BODY)]
    return [*pages, *(index(form, language) for form in ("information", "action", "planning", "decision"))]


def no_sideways_scroll(page):
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (
        page.url
    )


def visit(page, address, check_axe):
    response = page.goto(address)
    check_axe(page)
    no_sideways_scroll(page)
    return response.status


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_of_every_type(new_page, check_axe, language, width):
    hearing_pair(state="open"), hearing_pair(state="answered"), hearing_pair(state="scheduled")
    page = new_page(language=language, width=width)
    for one in ordinary_pages(language):
        assert visit(page, one.url, check_axe) == 200


@pytest.mark.parametrize("width", WIDTHS)
def test_hearing_in_every_public_state(new_page, check_axe, language, width):
    page = new_page(language=language, width=width)
    for state in (State.SCHEDULED, State.OPEN, State.CLOSED, State.ANSWERED, State.CANCELLED):
        pair = with_comments(hearing_pair(state=state.value))
        assert visit(page, pair.page(language).url, check_axe) == 200


@pytest.mark.parametrize("width", WIDTHS)
def test_form_with_errors_receipt_and_reporting(new_page, check_axe, language, width):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, width=width)
    page.goto(pair.page(language).url)
    page.locator("#write ~ form button[type=submit]").click()
    page.wait_for_selector(".govuk-error-summary")
    check_axe(page)
    no_sideways_scroll(page)
    assert page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    page.locator("textarea[name=text]").fill("Hyvä ehdotus, kannatan.")
    page.locator("#write ~ form button[type=submit]").click()
    page.wait_for_selector(".ar-receipt")
    check_axe(page)
    no_sideways_scroll(page)
    page.goto(pair.page(language).url)
    page.locator(
        ".ar-comment a[href*='/report'], .ar-comment a[href*='ilmoita'], .ar-comment a[href*='anmal']"
    ).first.click()
    check_axe(page)
    no_sideways_scroll(page)


def hearings_url(name, language, **kwargs):
    with override(language):
        return reverse(f"hearings:{name}", kwargs=kwargs or None)


def look(page, check_axe):
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        check_axe(page)
        no_sideways_scroll(page)


def test_thread_report_receipts_and_what_comes_too_late(new_page, check_axe, language):
    pair = with_comments(hearing_pair(state="open"))
    comment = pair.hearing.contributions.order_by("pk").first()
    hidden = CommentFactory(participation=pair.hearing, hidden=True, language=language)
    page = new_page(language=language)
    page.goto(hearings_url("thread", language, comment_id=comment.public_id))
    look(page, check_axe)
    page.goto(hearings_url("report_comment", language, comment_id=comment.public_id))
    for found in (".govuk-error-summary", ".ar-banner--success"):
        page.click("main form button[type=submit]")
        page.wait_for_selector(found)
        look(page, check_axe)
        if found == ".govuk-error-summary":
            page.check("main input[type=radio] >> nth=0")
    page.goto(hearings_url("find_receipt", language))
    page.click("main form button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    look(page, check_axe)
    page.goto(hearings_url("receipt", language, code=receipt_code(hidden.public_id)))
    look(page, check_axe)
    page.goto(hearings_url("receipt", language, code=receipt_code(comment.public_id)))
    page.click("button.govuk-button--warning")
    look(page, check_axe)
    page.goto(pair.page(language).url)
    page.fill("textarea[name=text]", "Liian myöhään. För sent.")
    type(pair.hearing).objects.update(closes_at=timezone.now() - dt.timedelta(days=1))
    page.click("#write ~ form button[type=submit]")
    assert page.input_value("#kept-text") == "Liian myöhään. För sent."
    look(page, check_axe)


def test_page_that_one_language_does_not_have(new_page, check_axe, language):
    page = new_page(language=language)
    page.goto(ContentPageFactory(language=language, body=BODY).url)
    page.click(".ar-languages a")
    assert page.is_visible("[id^=missing-]:target")
    look(page, check_axe)


@pytest.mark.parametrize("width", WIDTHS)
def test_easy_language_path(new_page, check_axe, language, width):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, width=width)
    page.goto(pair.page(language).url)
    page.locator("a[href*='selko'], a[href*='latt']").first.click()
    check_axe(page)
    page.locator("form button[type=submit]").last.click()
    page.wait_for_selector(".govuk-error-summary")
    check_axe(page)
    no_sideways_scroll(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_account_and_error_pages(new_page, check_axe, language, width):
    home(language)
    page = new_page(language=language, width=width)
    assert visit(page, "/?language=", check_axe) == 200
    assert visit(page, f"/{language}/ei-ole-mitaan/", check_axe) == 404
    for name in ("account_login", "account_signup", "account_reset_password"):
        assert visit(page, account_url(name, language), check_axe) == 200
        page.locator("main form button[type=submit]").first.click()
        check_axe(page)
        no_sideways_scroll(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_signed_in_account_page(new_page, check_axe, language, width):
    home(language)
    page = new_page(language=language, width=width, user=UserFactory(language=language))
    assert visit(page, account_url("account_home", language), check_axe) == 200


def test_dark_scheme_keeps_contrast(new_page, check_axe, language):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, color_scheme="dark")
    for address in (home(language).url, pair.page(language).url):
        visit(page, address, check_axe)


def test_easy_page_says_who_checked_it(new_page):
    pair = hearing_pair(state="open", fi={"easy_checked_by": "Selkoryhmä"})
    page = new_page()
    page.goto(pair.fi.url)
    page.locator("a[href*='selko']").first.click()
    assert "Selkoryhmä" in page.inner_text("main")
