"""axe on the staff's own screens after interaction, in both languages, at 320 px and on a desktop.

Wagtail's side bar and header are its own and left out.
"""

import io
from functools import partial

import pytest
from django.utils import timezone

from participation.moderation.models import AbuseReport
from participation.reports.models import Report
from portal.jobs.enums import JobState
from portal.jobs.models import Job, JobFile
from tests.browser.pages import click_through
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import (
    AttachmentFactory,
    ContactPersonFactory,
    ParticipationActFactory,
    authority,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAGTAILS_OWN = ("#wagtail-sidebar", ".w-slim-header")


@pytest.fixture
def look(look):
    return partial(look, within="#main", exclude=WAGTAILS_OWN)


def staff_page(new_page, language, **role):
    return new_page(language=language, user=UserFactory(language=language, **role))


def test_screens_of_a_participation(new_page, look, language):
    authority()
    ContactPersonFactory()
    pair = hearing_pair(state="scheduled")
    AttachmentFactory(participation=pair.hearing)
    ParticipationActFactory(participation=pair.hearing)
    page = staff_page(new_page, language, official=True)
    address = f"/cms/participations/{pair.hearing.public_id}/"
    for screen in (
        "/cms/participations/",
        address,
        f"{address}languages/",
        f"{address}history/",
        f"{address}copy/",
    ):
        page.goto(screen)
        look(page)


def test_settings_and_acts_with_errors(new_page, look, language):
    authority()
    pair = hearing_pair(state="open")
    page = staff_page(new_page, language, official=True)
    address = f"/cms/participations/{pair.hearing.public_id}/"
    page.goto(address)
    page.fill("[name=planned_answer]", "pian")
    page.fill("[name=minimum_age]", "-5")
    page.fill("[name=attachments-0-title_fi]", "Liite")
    click_through(page, ".ars-save button")
    page.wait_for_selector("[role=alert]")
    look(page)
    page.goto(f"{address}acts/extend/")
    click_through(page, ".ars-buttons button[type=submit]")
    page.wait_for_selector("[role=alert]")
    look(page)


def test_moderation_desk(new_page, look, language):
    pair = hearing_pair(state="open")
    comment = CommentFactory(participation=pair.hearing, part=pair.parts[0], display_name="Esimerkki")
    CommentFactory(participation=pair.hearing, parent=comment, swedish=True, pending=True)
    CommentFactory(participation=pair.hearing, hidden=True)
    AbuseReport.objects.create(contribution=comment, reason="insult", text="Loukkaava.")
    page = staff_page(new_page, language, moderator=True)
    page.goto("/cms/moderation/?shown=all")
    page.click("details summary")
    look(page)
    page.select_option("[name=bulk-act]", "hide")
    page.check("[name=chosen] >> nth=0")
    click_through(page, "fieldset button[type=submit]")
    page.wait_for_selector("[role=alert]")
    look(page)
    page.goto(f"/cms/moderation/{comment.public_id}/")
    look(page)
    click_through(page, "button[name=act][value=hide]")
    page.wait_for_selector("[role=alert]")
    look(page)


def test_search_of_contributions(new_page, look, language):
    pair = hearing_pair(state="open")
    for text, fields in (
        ("Laituri on hyvä.", {"organisation": OrganisationFactory()}),
        ("Laiturille ei pääse.", {"pending": True}),
        ("Bryggan, laituri.", {"swedish": True, "hidden": True, "audience": "preparers"}),
    ):
        CommentFactory(participation=pair.hearing, **({"original_text": text} | fields))
    page = staff_page(new_page, language, moderator=True)
    page.goto("/cms/search/contributions/")
    look(page)
    page.fill("[name=q]", "laituri")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    page.click("details summary")
    look(page)
    page.select_option("[name=state]", "pending")
    click_through(page, "details button[type=submit]")
    page.wait_for_selector(".ars-row:only-child")
    look(page)
    page.fill("[name=q]", "olematonsana")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ars-missing")
    look(page)


def test_report_from_the_order_to_its_files(new_page, look, language):
    pair = hearing_pair(state="closed")
    page = staff_page(new_page, language, official=True)
    address = f"/cms/participations/{pair.hearing.public_id}/reports/"
    page.goto(address)
    for box in page.locator("[name=formats]").all():
        box.uncheck()
    click_through(page, "#make-report ~ form button[type=submit]")
    page.wait_for_selector("[role=alert]")
    look(page)

    job = Job.objects.create(kind="report", state=JobState.RUNNING, done=3, total=12)
    Report.objects.create(
        participation=pair.hearing,
        languages=["fi"],
        formats=["csv"],
        job=job,
        sha256="a" * 64,
        counts={"rows": 2},
    )
    page.goto(address)
    page.wait_for_selector("progress[value='3']")
    look(page)
    file = JobFile(
        job=job, name="Raportti.csv", content_type="text/csv", language="fi", size=3, sha256="b" * 64
    )
    file.file.save("raportti.csv", io.BytesIO(b"abc"))
    Job.objects.update(state=JobState.DONE, done=12, finished_at=timezone.now())
    page.wait_for_selector("a[href^='/files/']")
    look(page)
    Report.objects.update(superseded_at=timezone.now())
    Job.objects.update(state=JobState.FAILED, reason_fi="Syy.", reason_sv="Orsaken.", error_code="superseded")
    page.goto(address)
    look(page)
    page.goto("/cms/jobs/")
    look(page)
