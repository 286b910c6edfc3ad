"""axe on every page type and state, in both languages, at 320 px and on a desktop, after interaction."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from participation.processes.enums import State
from participation.processes.receipts import receipt_code
from tests.browser.pages import click_through, expect_summary_focused
from tests.factories.accounts import UserFactory, account_url
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import ContentPageFactory, InformationPageFactory, ProcessPageFactory, home, index
from tests.factories.processes import ContactPersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = 320
EASY = "a[href*='selko'], a[href*='latt'] >> nth=0"
REPORT = ".ar-comment a[href*='ilmoita'], .ar-comment a[href*='anmal'] >> nth=0"
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


@pytest.fixture
def visit(look):
    """visit(page, address): a look at it; gives the status of the answer."""

    def at_address(page, address):
        response = page.goto(address)
        look(page)
        return response.status

    return at_address


def test_pages_of_every_type(new_page, visit, language):
    hearing_pair(state="open"), hearing_pair(state="answered"), hearing_pair(state="scheduled")
    page = new_page(language=language)
    for one in ordinary_pages(language):
        assert visit(page, one.url) == 200


def test_hearing_in_every_public_state(new_page, visit, language):
    page = new_page(language=language)
    for state in (State.SCHEDULED, State.OPEN, State.CLOSED, State.ANSWERED, State.CANCELLED):
        pair = with_comments(hearing_pair(state=state.value))
        assert visit(page, pair.page(language).url) == 200


def test_form_with_errors_receipt_and_reporting(new_page, look, language):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, width=NARROW)
    page.goto(pair.page(language).url)
    click_through(page, "#write ~ form button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    expect_summary_focused(page, ".govuk-error-summary")
    look(page)
    page.locator("textarea[name=text]").fill("Hyvä ehdotus, kannatan.")
    click_through(page, "#write ~ form button[type=submit]")
    page.wait_for_selector(".ar-receipt")
    look(page)
    page.goto(pair.page(language).url)
    click_through(page, REPORT)
    look(page)


def hearings_url(name, language, **kwargs):
    with override(language):
        return reverse(f"hearings:{name}", kwargs=kwargs or None)


def test_thread_report_receipts_and_what_comes_too_late(new_page, look, language):
    pair = with_comments(hearing_pair(state="open"))
    comment = pair.hearing.contributions.order_by("pk").first()
    hidden = CommentFactory(participation=pair.hearing, hidden=True, language=language)
    page = new_page(language=language)
    page.goto(hearings_url("thread", language, comment_id=comment.public_id))
    look(page)
    page.goto(hearings_url("report_comment", language, comment_id=comment.public_id))
    for found in (".govuk-error-summary", ".ar-banner--success"):
        click_through(page, "main form button[type=submit]")
        page.wait_for_selector(found)
        look(page)
        if found == ".govuk-error-summary":
            page.check("main input[type=radio] >> nth=0")
    page.goto(hearings_url("find_receipt", language))
    click_through(page, "main form button[type=submit]")
    page.wait_for_selector(".govuk-error-summary")
    look(page)
    page.goto(hearings_url("receipt", language, code=receipt_code(hidden.public_id)))
    look(page)
    page.goto(hearings_url("receipt", language, code=receipt_code(comment.public_id)))
    click_through(page, "button.govuk-button--warning")
    look(page)
    page.goto(pair.page(language).url)
    page.fill("textarea[name=text]", "Liian myöhään. För sent.")
    type(pair.hearing).objects.update(closes_at=timezone.now() - dt.timedelta(days=1))
    click_through(page, "#write ~ form button[type=submit]")
    assert page.input_value("#kept-text") == "Liian myöhään. För sent."
    look(page)


def test_page_that_one_language_does_not_have(new_page, look, language):
    page = new_page(language=language)
    page.goto(ContentPageFactory(language=language, body=BODY).url)
    click_through(page, ".ar-languages a")
    assert page.is_visible("[id^=missing-]:target")
    look(page)


def test_easy_language_path(new_page, look, language):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, width=NARROW)
    page.goto(pair.page(language).url)
    click_through(page, EASY)
    look(page)
    click_through(page, "form button[type=submit] >> nth=-1")
    page.wait_for_selector(".govuk-error-summary")
    look(page)


def test_account_and_error_pages(new_page, look, visit, language):
    home(language)
    page = new_page(language=language, width=NARROW)
    assert visit(page, "/?language=") == 200
    assert visit(page, f"/{language}/ei-ole-mitaan/") == 404
    for name in ("account_login", "account_signup", "account_reset_password"):
        assert visit(page, account_url(name, language)) == 200
        click_through(page, "main form button[type=submit] >> nth=0")
        page.wait_for_selector(".govuk-error-summary")
        look(page)


def test_signed_in_account_page(new_page, visit, language):
    home(language)
    page = new_page(language=language, user=UserFactory(language=language))
    assert visit(page, account_url("account_home", language)) == 200


def test_dark_scheme_keeps_contrast(new_page, visit, language):
    pair = with_comments(hearing_pair(state="open"))
    page = new_page(language=language, color_scheme="dark")
    for address in (home(language).url, pair.page(language).url):
        assert visit(page, address) == 200


def test_easy_page_says_who_checked_it(new_page):
    pair = hearing_pair(state="open", fi={"easy_checked_by": "Selkoryhmä"})
    page = new_page()
    page.goto(pair.fi.url)
    click_through(page, EASY)
    assert "Selkoryhmä" in page.inner_text("main")
