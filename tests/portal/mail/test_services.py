import smtplib
import uuid
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from portal.core.models import AuthorityProfile
from portal.jobs.models import Job
from portal.mail import services
from portal.mail.enums import MailState
from portal.mail.models import OutgoingMail

pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    """A mail of the test's own, with a name that says who may not be told of it in HTML."""
    folder = tmp_path / "mail" / "test"
    folder.mkdir(parents=True)
    (folder / "notice.subject.txt").write_text("{% load i18n %}{% translate 'Finnish' %}:\n {{ title }}\n")
    (folder / "notice.body.txt").write_text("{{ title }}\n\n{{ link }}\n")
    templates = dict(settings.TEMPLATES[0])
    templates["DIRS"] = [*templates["DIRS"], tmp_path]
    settings.TEMPLATES = [templates]


@pytest.fixture
def written(django_capture_on_commit_callbacks):
    """Writes a message and lets the job send it, as far as the mail server goes."""

    def write(**options):
        values = {"to": "maija@example.fi", "language": "fi", "template": "test/notice"}
        with django_capture_on_commit_callbacks(execute=True):
            return services.queue(**values | {"context": {"title": "A & B"}} | options)

    return write


class Server:
    """A mail server that answers as told."""

    def __init__(self, monkeypatch):
        self.errors = []
        self.taken = []
        monkeypatch.setattr("django.core.mail.EmailMessage.send", self._take)
        monkeypatch.setattr("portal.mail.services.EmailMessage.send", self._take)

    def _take(self, *args, **kwargs):
        self.taken.append(args)
        if self.errors:
            error = self.errors.pop(0)
            if error is not None:
                raise error
        return 1


@pytest.fixture
def server(monkeypatch):
    return Server(monkeypatch)


def due_now():
    OutgoingMail.objects.exclude(state=MailState.SENT).update(next_attempt_at=timezone.now())


def test_a_message_is_sent_after_the_commit_in_the_recipients_language(written):
    AuthorityProfile.objects.update_or_create(
        pk=1, defaults={"name_fi": "Mallialue", "name_sv": "Modellområdet"}
    )
    related = uuid.uuid4()
    row = written(language="sv", related=related)

    (sent,) = outbox.outbox
    assert sent.to == ["maija@example.fi"]
    assert sent.subject.endswith(": A & B")
    assert f"/o/{related}\n" in sent.body
    assert "Modellområdet" in sent.body
    assert "Mallialue" not in sent.body
    assert "&amp;" not in sent.body
    assert sent.extra_headers["Message-ID"].startswith(f"<{row.public_id}@")
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.SENT, 1)


def test_a_message_dies_with_its_transaction():
    @transaction.atomic
    def undone():
        services.queue(to="maija@example.fi", language="fi", template="test/notice", context={})
        raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()

    assert not OutgoingMail.objects.exists()
    assert outbox.outbox == []


def test_a_server_that_is_down_is_tried_again_later_and_nothing_of_the_recipient_is_kept(
    written, server, django_capture_on_commit_callbacks
):
    server.errors = [ConnectionRefusedError("maija@example.fi"), None]
    row = written()
    row.refresh_from_db()
    assert (row.state, row.last_error) == (MailState.QUEUED, "ConnectionRefusedError")
    assert row.next_attempt_at > timezone.now() + timedelta(seconds=20)
    assert not OutgoingMail.objects.due().exists()

    due_now()
    with django_capture_on_commit_callbacks(execute=True):
        services.dispatch()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.SENT, 2)


def test_while_the_server_is_down_the_other_messages_lose_no_attempt(written, server):
    server.errors = [ConnectionRefusedError()] * 2
    first, second = written(), written()
    due_now()
    server.errors = [ConnectionRefusedError()]
    server.taken.clear()
    services.send_due(Run())

    assert len(server.taken) == 1
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [1, 2]
    assert first.pk != second.pk


class Run:
    """A run of a job that nobody watches."""

    def progress(self, done, total, message=""):
        pass


def test_an_address_that_is_refused_for_good_is_given_up_and_the_next_message_goes(written, server):
    refused = smtplib.SMTPRecipientsRefused({"maija@example.fi": (550, b"no such user")})
    server.errors = [ConnectionRefusedError(), ConnectionRefusedError()]
    first, second = written(), written()
    due_now()
    server.errors = [refused, None]
    services.send_due(Run())

    first.refresh_from_db()
    second.refresh_from_db()
    assert {first.state, second.state} == {MailState.FAILED, MailState.SENT}


def test_pauses_double_and_end(written, server):
    server.errors = [ConnectionRefusedError()] * 40
    row = written()
    pauses = []
    for _ in range(services.MAX_ATTEMPTS):
        row.refresh_from_db()
        pauses.append(row.next_attempt_at - timezone.now())
        due_now()
        services.send_due(Run())

    row.refresh_from_db()
    assert row.state == MailState.FAILED
    assert pauses[1] > pauses[0] * 1.5
    assert max(pauses) <= services.LONGEST_PAUSE
    assert services.retry(row)
    assert not services.retry(row)


def test_a_sender_killed_between_is_taken_over_after_its_lease(written, server):
    row = written()
    OutgoingMail.objects.update(
        state=MailState.SENDING, next_attempt_at=timezone.now() + timedelta(minutes=1), sent_at=None
    )
    server.taken.clear()
    services.send_due(Run())
    assert server.taken == []

    OutgoingMail.objects.update(next_attempt_at=timezone.now())
    services.send_due(Run())
    assert len(server.taken) == 1
    row.refresh_from_db()
    assert row.state == MailState.SENT


def test_address_and_text_are_erased_when_their_time_comes(written):
    row = written(erase_after=timedelta(days=1))
    kept = written(erase_after=timezone.now() + timedelta(days=40))
    assert services.erase_due() == 0
    OutgoingMail.objects.filter(pk=row.pk).update(erase_after=timezone.now())

    assert services.erase_due() == 1
    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.to, row.subject, row.body) == ("", "", "")
    assert row.state == MailState.SENT
    assert kept.to


def test_an_erased_message_that_was_waiting_is_never_sent(written, server):
    server.errors = [ConnectionRefusedError()]
    related = uuid.uuid4()
    row = written(related=related)
    assert services.erase_related(related) == 1
    due_now()
    server.taken.clear()
    services.send_due(Run())

    row.refresh_from_db()
    assert row.state == MailState.FAILED
    assert server.taken == []
    assert not services.retry(row)


def test_many_messages_are_sent_by_one_job(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        for _ in range(3):
            services.queue(
                to="maija@example.fi", language="fi", template="test/notice", context={"title": "x"}
            )
    with django_capture_on_commit_callbacks(execute=True):
        for callback in callbacks:
            callback()

    assert Job.objects.filter(kind=services.SEND_KIND).count() == 1
    assert len(outbox.outbox) == 3
