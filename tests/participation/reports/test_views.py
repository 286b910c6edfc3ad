import pytest
from django.urls import reverse
from django.utils.translation import override

from participation.processes.services import contributions
from participation.reports.models import Report
from portal.audit.models import Entry
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.processes import authority
from tests.factories.staff import staff_member

pytestmark = [
    pytest.mark.django_db(transaction=True, databases="__all__"),
    pytest.mark.usefixtures("steps_at_once"),
]


@pytest.fixture
def pair():
    authority()
    pair = hearing_pair(state="closed", sections=1)
    for _n in range(6):
        CommentFactory(participation=pair.hearing, part=pair.parts[0])
    return pair


def address(pair):
    return reverse("reports:reports", args=[pair.hearing.public_id])


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_others_than_officials_are_refused(client, pair, role):
    client.force_login(staff_member(role))
    assert client.get(address(pair)).status_code in (302, 403)
    client.post(address(pair), {"languages": ["fi"], "formats": ["csv"]})
    assert not Report.objects.exists()


@pytest.mark.parametrize("role", ["official", "administrator"])
@pytest.mark.parametrize("code", ["fi", "sv"])
def test_an_official_makes_a_report_and_fetches_it(client, pair, role, code):
    official = staff_member(role, language=code)
    client.force_login(official)
    page = client.get(address(pair))
    assert page.status_code == 200
    assert page.content.count(b'type="checkbox"') >= 7
    assert (
        client.post(address(pair), {"languages": [code], "formats": ["csv"]}, follow=True).status_code == 200
    )
    report = Report.objects.get()
    assert report.created_by == official
    file = report.job.files.get()
    got = client.get(reverse("job_file", args=[file.public_id]))
    assert b"".join(got.streaming_content).startswith(b"\xef\xbb\xbf")
    got.close()
    assert Entry.objects.filter(verb="file.downloaded", public_id=str(file.public_id)).exists()
    assert file.name.encode() in client.get(address(pair)).content


def test_nothing_chosen_is_told_at_the_field(client, pair):
    client.force_login(staff_member("official"))
    answer = client.post(address(pair), {"languages": ["fi"]})
    assert answer.status_code == 422
    assert b"error-message" in answer.content
    assert not Report.objects.exists()


def test_a_superseded_report_offers_a_new_version_and_its_files_are_gone(client, pair):
    client.force_login(staff_member("official"))
    client.post(address(pair), {"languages": ["sv"], "formats": ["csv"]})
    report = Report.objects.get()
    file = report.job.files.get()
    contributions.withdraw(contribution=pair.hearing.contributions.first())
    page = client.get(address(pair))
    button = reverse("reports:new_version", args=[pair.hearing.public_id, report.public_id])
    assert button.encode() in page.content
    assert client.get(reverse("job_file", args=[file.public_id])).status_code == 410
    assert client.get(button).status_code == 405
    client.post(button)
    assert Report.objects.count() == 2
    assert button.encode() not in client.get(address(pair)).content


def test_the_reports_page_takes_the_same_queries_for_any_number_of_reports(
    client, pair, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(staff_member("official"))
    counts = []
    for _turn in range(2):
        for _n in range(3):
            client.post(address(pair), {"languages": ["fi"], "formats": ["csv"]})
        with (
            CaptureQueriesContext(
                connection,
            ) as captured,
            override("fi"),
        ):
            client.get(address(pair))
        counts.append(len(captured))
    assert counts[0] == counts[1]
