"""Writing, sending, retrying and erasing messages."""

import logging
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.jobs.attempt import JobRun
from portal.jobs.services import enqueue

from .enums import UNSENT, MailState
from .models import OutgoingMail
from .rendering import render_mail

logger = logging.getLogger(__name__)
SEND_KIND = "mail.send"
KEPT = timedelta(days=30)
LEASE = timedelta(minutes=5)
TIMEOUT_SECONDS = 20
MAX_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)


def queue(
    *,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    related: Any = None,
    erase_after: datetime | timedelta | None = None,
) -> OutgoingMail:
    """Writes a message in the caller's transaction, rendered now in the recipient's language.

    It is sent after the commit. `related` is what it is about, a row or its public id: templates get its
    lasting address as `link`. Address and text are erased after `erase_after`, by default 30 days.
    """
    about = related if isinstance(related, UUID | None) else related.public_id
    subject, body = render_mail(template, language, context, about)
    kept = KEPT if erase_after is None else erase_after
    mail = OutgoingMail.objects.create(
        to=to,
        language=language,
        template=template,
        subject=subject,
        body=body,
        related=about,
        erase_after=kept if isinstance(kept, datetime) else timezone.now() + kept,
    )
    # After the commit, so that two writers never wait for each other over the one sending job.
    transaction.on_commit(dispatch, robust=True)
    return mail


def dispatch() -> None:
    """Sees to it that a job sends what is due; what it misses, the next periodic call finds."""
    if OutgoingMail.objects.due().exists():
        enqueue(SEND_KIND, {}, key=SEND_KIND)


def send_due(run: JobRun) -> None:
    """The handler of the sending job: one connection, message by message, until nothing is due."""
    done = 0
    connection: BaseEmailBackend = get_connection(timeout=TIMEOUT_SECONDS)
    try:
        while mail := _take_next():
            try:
                _send(mail, connection)
            except Exception as error:
                _postpone(mail, error)
                if not _concerns_message(error):
                    # The server is in trouble: the others would only lose an attempt each.
                    return
                connection.close()
            done += 1
            run.progress(done, 0)
    finally:
        connection.close()


def _take_next() -> OutgoingMail | None:
    """Leases the next due message: nobody else sends it while the lease lasts."""
    for mail in OutgoingMail.objects.due().order_by("next_attempt_at", "id")[:5]:
        mine = OutgoingMail.objects.due().filter(pk=mail.pk, attempts=mail.attempts)
        until = timezone.now() + LEASE
        if mine.update(state=MailState.SENDING, attempts=F("attempts") + 1, next_attempt_at=until):
            mail.attempts += 1
            return mail
    return None


def _send(mail: OutgoingMail, connection: BaseEmailBackend) -> None:
    # The same id each time: a message that went out just before a crash is recognised as the same one.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<{mail.public_id}@{domain}>",
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(mail.subject, mail.body, to=[mail.to], headers=headers, connection=connection)
    message.send()
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.SENT, sent_at=timezone.now(), last_error=""
    )


def _postpone(mail: OutgoingMail, error: Exception) -> None:
    """Only the class of the error is kept: its text may name the recipient."""
    name = type(error).__name__
    gives_up = mail.attempts >= MAX_ATTEMPTS or _is_final(error)
    pause = min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=MailState.FAILED if gives_up else MailState.QUEUED,
        next_attempt_at=timezone.now() + pause,
        last_error=name[:80],
    )
    logger.warning("mail %s not sent at attempt %d: %s", mail.public_id, mail.attempts, name)


def _concerns_message(error: Exception) -> bool:
    """Whether the trouble is this message's, not the mail server's."""
    return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError | ValueError)


def _is_final(error: Exception) -> bool:
    """A permanent refusal (5xx) of this message, or an address that cannot be written in a header."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def retry(mail: OutgoingMail) -> bool:
    """Sends a message that was given up once more."""
    failed = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED, erased_at=None)
    changed = failed.update(state=MailState.QUEUED, attempts=0, next_attempt_at=timezone.now())
    if changed:
        transaction.on_commit(dispatch, robust=True)
    return bool(changed)


def erase_due() -> int:
    """Erases address and text of messages whose time has come; that they were sent stays known."""
    return _erase(OutgoingMail.objects.erasable())


def erase_related(related: Any) -> int:
    """Erases at once every message about something, for instance when its writer's address is erased."""
    about = related if isinstance(related, UUID) else related.public_id
    return _erase(OutgoingMail.objects.filter(related=about, erased_at=None))


@transaction.atomic
def _erase(mails: Any) -> int:
    mails = OutgoingMail.objects.filter(pk__in=list(mails.values_list("pk", flat=True)))
    mails.filter(state__in=UNSENT).update(state=MailState.FAILED, last_error="erased")
    return mails.update(to="", subject="", body="", erased_at=timezone.now())
