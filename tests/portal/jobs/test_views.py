import io
import uuid

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.functional import lazystr

from portal.audit.models import Entry
from portal.jobs import services
from portal.jobs.enums import JobState
from portal.jobs.errors import JobFailed
from portal.jobs.models import Job, JobFile

pytestmark = pytest.mark.django_db
CONTENT = b"\xef\xbb\xbfid;text\n"


@pytest.fixture
def person(django_user_model):
    def make(name, admin=True):
        user = django_user_model.objects.create_user(f"{name}@example.fi", "a good long password", name=name)
        if admin:
            user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        return user

    return make


@pytest.fixture
def official(person):
    return person("official")


def only_the_official(user, job):
    return user.name == "official"


def write_file(run):
    run.add_file("Kuuleminen – höranden.csv", io.BytesIO(CONTENT), "text/csv", "fi")


@pytest.fixture
def job(job_kind, sent):
    job_kind(write_file, may_see=only_the_official)
    made = services.enqueue("test.work", {}, participation_id=uuid.uuid4())
    services.run(made.pk)
    return made


@pytest.fixture
def file(job):
    return JobFile.objects.get(job=job)


def address(file):
    return reverse("job_file", args=[file.public_id])


def test_the_official_downloads_the_file_and_the_log_knows(client, official, file, job):
    client.force_login(official)
    response = client.get(address(file))

    assert response.status_code == 200
    assert b"".join(response.streaming_content) == CONTENT
    assert response["Content-Type"] == "text/csv"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Kuuleminen%20")
    assert "%C3%B6" in response["Content-Disposition"]
    entry = Entry.objects.get(verb="file.downloaded")
    assert (entry.actor, entry.public_id) == (official.public_id, str(file.public_id))
    assert entry.participation == job.participation_id


@pytest.mark.parametrize("who", ["nobody", "resident", "other"])
def test_others_find_nothing(client, person, file, who):
    if who != "nobody":
        client.force_login(person(who, admin=who == "other"))

    assert client.get(address(file)).status_code == 404
    assert client.get(reverse("job_file", args=[uuid.uuid4()])).status_code == 404
    assert not Entry.objects.filter(verb="file.downloaded").exists()


def test_a_file_of_a_kind_nobody_knows_any_more_is_seen_by_nobody(client, official, file):
    Job.objects.update(kind="test.gone")
    client.force_login(official)

    assert client.get(address(file)).status_code == 404


def test_a_withdrawn_file_is_gone_and_says_so_in_both_languages(
    client, official, file, job, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw_files(job)
    client.force_login(official)
    response = client.get(address(file))

    assert response.status_code == 410
    assert "Tiedosto on vedetty pois" in response.content.decode()
    assert "Filen har återkallats" in response.content.decode()
    page = client.get(reverse("portal_jobs:job", args=[job.public_id])).content.decode()
    assert address(file) not in page


def test_a_file_lost_from_storage_is_not_found(client, official, file):
    storages["private"].delete(file.file.name)
    client.force_login(official)

    assert client.get(address(file)).status_code == 404


def test_the_history_shows_what_this_person_may_see(client, official, person, job, job_kind):
    job_kind(name="test.quiet", listed=False)
    quiet = services.enqueue("test.quiet", {})
    history = reverse("portal_jobs:jobs")
    client.force_login(official)
    page = client.get(history).content.decode()
    assert reverse("portal_jobs:job", args=[job.public_id]) in page
    assert str(quiet.public_id) not in page

    client.force_login(person("other"))
    assert str(job.public_id) not in client.get(history).content.decode()


def test_the_history_has_pages_and_a_filter(client, official, job_kind, sent):
    job_kind(may_see=only_the_official)
    jobs = [services.enqueue("test.work", {}) for _ in range(30)]
    Job.objects.filter(pk=jobs[0].pk).update(state=JobState.FAILED)
    client.force_login(official)
    first = client.get(reverse("portal_jobs:jobs"))
    shown = [row["job"] for row in first.context["jobs"]]
    assert shown == jobs[:4:-1]
    second = client.get(reverse("portal_jobs:jobs"), {"before": first.context["following"]})
    assert [row["job"] for row in second.context["jobs"]] == jobs[4::-1]
    assert second.context["following"] is None

    failed = client.get(reverse("portal_jobs:jobs"), {"state": "failed", "before": "nonsense"})
    assert [row["job"] for row in failed.context["jobs"]] == [jobs[0]]


def test_the_history_asks_the_database_as_often_for_many_as_for_few(
    client, official, job_kind, sent, django_assert_max_num_queries
):
    job_kind(may_see=only_the_official)
    client.force_login(official)
    client.get(reverse("portal_jobs:jobs"))
    for _ in range(25):
        services.enqueue("test.work", {}, created_by=official)
    with django_assert_max_num_queries(20):
        client.get(reverse("portal_jobs:jobs"))


def test_progress_is_a_fragment_for_those_who_may_see_the_job(client, official, person, job):
    Job.objects.update(state=JobState.RUNNING, done=3, total=10, message="Finnish")
    fragment = reverse("portal_jobs:progress", args=[job.public_id])
    client.force_login(official)
    page = client.get(fragment).content.decode()
    assert 'max="10" value="3"' in page
    assert "data-job-unfinished" in page
    assert "<html" not in page

    client.force_login(person("other"))
    assert client.get(fragment).status_code == 404


def test_a_failed_job_says_why_and_is_retried_from_its_page(
    client, official, job_kind, sent, django_capture_on_commit_callbacks
):
    def fail(run):
        raise JobFailed("no_population", lazystr("No population."))

    job_kind(fail, may_see=only_the_official)
    job = services.enqueue("test.work", {})
    services.run(job.pk)
    client.force_login(official)
    page = reverse("portal_jobs:job", args=[job.public_id])
    assert "No population." in client.get(page).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("portal_jobs:retry", args=[job.public_id]))
    assert response["Location"] == page
    job.refresh_from_db()
    assert job.state == JobState.QUEUED
    assert sent[-1] == job.pk
    assert Entry.objects.get(verb="job.retried").actor == official.public_id


def test_a_waiting_job_is_cancelled_from_its_page(client, official, job_kind, sent):
    job_kind(may_see=only_the_official)
    job = services.enqueue("test.work", {})
    client.force_login(official)
    client.post(reverse("portal_jobs:cancel", args=[job.public_id]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert client.post(reverse("portal_jobs:cancel", args=[job.public_id])).status_code == 302


@pytest.mark.parametrize("act", ["retry", "cancel"])
def test_acts_are_posts_of_those_who_may_see_the_job(client, official, person, job, act):
    where = reverse(f"portal_jobs:{act}", args=[job.public_id])
    client.force_login(official)
    assert client.get(where).status_code == 405
    client.force_login(person("other"))
    assert client.post(where).status_code == 404
    client.force_login(person("resident", admin=False))
    assert client.post(where).status_code in {302, 403}
    assert not Entry.objects.filter(verb__startswith="job.").exists()
