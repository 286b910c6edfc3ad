"""The staff's own screens where scripts are off: only Wagtail's page editor needs them."""

import hashlib

import pytest

from participation.processes.enums import ModerationState
from participation.processes.models import Attachment
from portal.jobs.models import JobFile
from tests.browser.pages import click_through, expect_summary_focused
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import DocumentFactory, authority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]


def signed_in(new_page, **role):
    page = new_page(javascript=False)
    page.goto("/cms/")
    page.fill("input[name=login]", UserFactory(**role).email)
    page.fill("input[name=password]", PASSWORD)
    click_through(page, "main form button[type=submit]")
    page.wait_for_url("**/cms/")
    return page


def test_moderator_finds_the_desk_decides_and_signs_out(new_page):
    pair = hearing_pair(state="open")
    first, second, third = (CommentFactory(participation=pair.hearing, pending=True) for _number in range(3))
    page = signed_in(new_page, moderator=True)
    click_through(page, "nav a:text-is('Moderointi')")
    assert page.is_hidden("text=J ja K siirtävät"), "there are no such keys without scripts"
    click_through(page, f"button[name=one][value='{first.public_id}']")
    assert page.is_visible(".messages li.success")

    page.check(f"[name=chosen][value='{second.public_id}']")
    page.select_option("[name=bulk-act]", "hide")
    page.fill("[name=bulk-note]", "Viesti säilyy.")
    click_through(page, "fieldset button[type=submit]")
    expect_summary_focused(page)
    assert page.input_value("[name=bulk-note]") == "Viesti säilyy."
    assert page.is_checked(f"[name=chosen][value='{second.public_id}']")
    page.select_option("[name=bulk-reason]", "off_topic")
    click_through(page, "fieldset button[type=submit]")

    click_through(page, f"a[href^='/cms/moderation/{third.public_id}/']")
    page.fill("[name=redaction-text]", "Peitetty.")
    page.select_option("[name=redaction-reason]", "personal_data")
    page.check("[name=redaction-publish]")
    click_through(page, "form:has([name=redaction-text]) button[type=submit]")
    states = [ModerationState.PUBLISHED, ModerationState.HIDDEN, ModerationState.PUBLISHED]
    for one, state in zip((first, second, third), states, strict=True):
        one.refresh_from_db()
        assert one.moderation_state == state
    assert third.public_text == "Peitetty."
    click_through(page, "nav button:text-is('Kirjaudu ulos')")
    page.goto("/cms/moderation/")
    assert "/cms/moderation/" not in page.url.partition("?")[0]


def test_official_sets_dates_and_an_attachment_orders_a_report_and_downloads_it(new_page, worker):
    worker()
    authority()
    pair = hearing_pair(state="scheduled")
    document = DocumentFactory(title="Selvitys")
    CommentFactory(participation=pair.hearing, part=pair.parts[0])
    page = signed_in(new_page, official=True)
    click_through(page, "nav a:text-is('Osallistumiset')")
    click_through(page, "main h2 a")
    page.fill("[name=closes_at_day]", "31.12.2030")
    page.fill("[name=minimum_age]", "-5")
    page.select_option("select[name=attachments-0-document]", label="Selvitys")
    page.select_option("[name=attachments-0-language]", "fi")
    for name in ("title_fi", "title_sv", "summary_sv"):
        page.fill(f"[name=attachments-0-{name}]", f"Liite {name}")
    click_through(page, "text=Tallenna asetukset")
    expect_summary_focused(page)
    assert page.input_value("select[name=attachments-0-document]") == str(document.pk)
    page.fill("[name=minimum_age]", "")
    click_through(page, "text=Tallenna asetukset")
    assert page.is_visible(".messages li.success")
    attachment = Attachment.objects.get(participation=pair.hearing)
    assert (attachment.document, attachment.title_sv) == (document, "Liite title_sv")
    pair.hearing.refresh_from_db()
    assert pair.hearing.closes_at.year == 2030

    click_through(page, "main a:text-is('Raportit')")
    for name in ("pdf", "docx", "xlsx"):
        page.uncheck(f"[name=formats][value={name}]")
    with page.expect_navigation(url="**/reports/"):
        page.click("button:text-is('Tee raportti')")
    for _number in range(200):
        if not page.locator("[data-job-refresh] a").count():
            break
        page.wait_for_timeout(200)
        click_through(page, "[data-job-refresh] a")
    for file in JobFile.objects.all():
        with page.expect_download() as download:
            page.click(f"a[href='/files/{file.public_id}']")
        assert hashlib.sha256(download.value.path().read_bytes()).hexdigest() == file.sha256
    assert JobFile.objects.count() == 4


def test_moderator_searches_contributions_by_keyboard(new_page):
    pair = hearing_pair(state="open")
    waiting = CommentFactory(participation=pair.hearing, original_text="Laiturille ei pääse.", pending=True)
    CommentFactory(participation=pair.hearing, original_text="Laituri on hyvä.")
    page = signed_in(new_page, moderator=True)
    click_through(page, "nav a:text-is('Hae kannanottoja')")
    page.focus("[name=q]")
    page.keyboard.type("laituri")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=laituri**")
    assert page.locator(".ars-row").count() == 2
    page.focus("details summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Odottaa")
    page.focus("details button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**state=pending**")
    assert page.locator(".ars-row").count() == 1
    page.focus(".ars-row a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cms/moderation/{waiting.public_id}/")
