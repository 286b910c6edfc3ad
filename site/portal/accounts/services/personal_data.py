"""Closing an account: the person goes, nobody's words go with them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.audit.services import record
from portal.mail.services import erase_related

from ..models import User


class PersonalDataSource(NamedTuple):
    """What an app keeps about a person.

    `forget` cuts the tie between the person and what they wrote (author, contact address, support), keeps the
    words, and answers how many rows it changed. It runs inside the transaction that removes the account.
    """

    name: str
    forget: Callable[[User], int]


_sources: dict[str, PersonalDataSource] = {}


def register_personal_data_source(source: PersonalDataSource) -> None:
    """Apps call it in `AppConfig.ready()`; one source per name."""
    if source.name in _sources and _sources[source.name] != source:
        raise ValueError(f"personal data source {source.name!r} is already registered")
    _sources[source.name] = source


def personal_data_sources() -> tuple[PersonalDataSource, ...]:
    return tuple(_sources.values())


@transaction.atomic
def close_account(*, user: User, actor: User | None) -> dict[str, int]:
    """Remove the account for good; answers how many rows each source pseudonymised.

    The audit row comes first and keeps only the public id, which leads to nobody afterwards.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    record(verb="user.closed", actor=actor, obj=user)
    forgotten = {source.name: source.forget(user) for source in personal_data_sources()}
    erase_related(user)
    EmailAddress.objects.filter(user=user).delete()
    user.delete()
    return forgotten


def clear_sessions() -> None:
    """Deletes the sessions that have ended: who was logged in when is nobody's business afterwards."""
    SessionStore.clear_expired()


def close_unconfirmed(now: datetime | None = None) -> int:
    """Closes accounts whose address nobody has confirmed in UNCONFIRMED_ACCOUNT_DAYS; returns how many.

    Anybody can sign up with anybody's address: who never answered has no account with us.
    """
    before = (now or timezone.now()) - timedelta(days=settings.UNCONFIRMED_ACCOUNT_DAYS)
    never = User.objects.filter(
        date_joined__lt=before, last_login=None, is_staff=False, is_superuser=False
    ).filter(Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=False)))
    unconfirmed = never.exclude(Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))
    done = 0
    for user in unconfirmed:
        close_account(user=user, actor=None)
        done += 1
    return done
