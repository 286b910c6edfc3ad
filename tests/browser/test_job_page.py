"""The page of a job moves by itself while the work goes on, and is whole without scripts."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from portal.jobs import registry
from portal.jobs.enums import JobState
from portal.jobs.models import Job
from portal.jobs.registry import JobKind
from tests.browser.pages import click_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "test.shown"


@pytest.fixture
def job():
    registry.register(JobKind(name=NAME, handler=print, label="Work"))
    yield Job.objects.create(kind=NAME, state=JobState.RUNNING, done=3, total=10)
    registry.unregister(NAME)


@pytest.fixture
def official(django_user_model):
    user = django_user_model.objects.create_user("official@example.fi", "a good long password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def test_progress_moves_and_ends_without_a_reload(new_page, official, job, check_axe):
    page = new_page(user=official)
    page.goto(f"/cms/jobs/{job.public_id}/")
    assert page.get_attribute("progress", "value") == "3"
    assert page.is_hidden("[data-job-refresh]")
    check_axe(page, exclude=("#wagtail-sidebar", ".w-slim-header"))

    cancel = page.locator("form[action$='/cancel/'] button")
    cancel.focus()
    Job.objects.update(done=8)
    page.wait_for_selector("progress[value='8']")
    assert cancel.evaluate("button => button === document.activeElement"), "nobody's button is taken away"
    cancel.blur()
    Job.objects.update(state=JobState.FAILED, reason_fi="Syy on tämä.", finished_at=timezone.now())
    page.wait_for_selector("text=Syy on tämä.")
    assert page.query_selector("progress") is None
    check_axe(page, exclude=("#wagtail-sidebar", ".w-slim-header"))


def test_without_scripts_the_page_is_refreshed_and_the_work_cancelled(new_page, official, job):
    page = new_page(user=official, javascript=False)
    page.goto(f"/cms/jobs/{job.public_id}/")
    Job.objects.update(done=8)
    click_through(page, "[data-job-refresh] a")
    assert page.get_attribute("progress", "value") == "8"
    click_through(page, "form[action$='/cancel/'] button")
    page.wait_for_url(re.compile(r"/cms/jobs/[-0-9a-f]+/$"))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
