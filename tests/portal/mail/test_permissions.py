"""The job that sends mail is shown to nobody: it would tell when people are written to."""

import pytest
from django.urls import reverse

from portal.accounts.enums import RoleGroup
from portal.jobs.models import Job
from portal.mail.services import SEND_KIND
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", RoleGroup)
def test_no_role_sees_or_stops_the_sending_of_mail(client, role):
    job = Job.objects.create(kind=SEND_KIND, key=SEND_KIND)
    client.force_login(UserFactory(role=role))
    for name in ("job", "progress"):
        assert client.get(reverse(f"portal_jobs:{name}", args=[job.public_id])).status_code == 404
    for name in ("retry", "cancel"):
        assert client.post(reverse(f"portal_jobs:{name}", args=[job.public_id])).status_code == 404
    job.refresh_from_db()
    assert job.state == "queued"
    assert str(job.public_id) not in client.get(reverse("portal_jobs:jobs")).content.decode()
