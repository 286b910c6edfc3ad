"""Saving the settings form of a participation so that two people who edit at once never undo each other.

The form carries what its reader saw. Only what was changed in the form is saved; a setting that somebody else
has meanwhile changed to something else is refused, with nothing saved.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from portal.accounts.models import User

from ..enums import ActKind
from ..models import Attachment, Part, Participation, ParticipationAct
from . import acts
from .pages import specific

Plain = dict[str, Any]
ATTACHMENT_COLUMNS = (
    "document_id",
    "language",
    "part_id",
    "order",
    "title_fi",
    "title_sv",
    "summary_fi",
    "summary_sv",
)
ROWS = ("attachments", "parts")


class SettingsMeanwhileChanged(Exception):
    """Somebody else has changed the same settings; `names` are theirs, `last` the latest act on settings."""

    def __init__(self, names: set[str], last: ParticipationAct | None) -> None:
        super().__init__(", ".join(sorted(names)))
        self.names = names
        self.last = last


@dataclass(slots=True)
class Saved:
    act: ParticipationAct | None
    meanwhile: set[str]
    """Settings that somebody else changed since the form was opened; they are kept."""


def plain(value: Any) -> Any:
    """A setting as JSON can hold it, so that what was seen, typed and stored can be compared."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.QuerySet):
        return sorted(row.pk for row in value)
    if isinstance(value, dt.datetime):
        # The form knows minutes: seconds that code has stored are nobody's change.
        return value.astimezone(dt.UTC).replace(second=0, microsecond=0).isoformat()
    if isinstance(value, list | tuple | set):
        return sorted(value, key=str)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    return value if isinstance(value, int | bool | type(None)) else str(value)


def snapshot(participation: Participation, names: list[str]) -> Plain:
    """The named settings as they are stored, with attachments and parts."""
    found: Plain = {}
    for name in names:
        field = participation._meta.get_field(name)
        value = getattr(participation, name)
        found[name] = plain(value.all() if field.many_to_many else value)
    return found | {"attachments": plain_attachments(participation), "parts": plain_parts(participation)}


def plain_attachments(participation: Participation) -> list[list[Any]]:
    rows = Attachment.objects.filter(participation_id=participation.pk)
    return sorted(
        (
            [
                str(row.public_id),
                *(
                    "" if getattr(row, name) is None else plain(getattr(row, name))
                    for name in ATTACHMENT_COLUMNS
                ),
            ]
            for row in rows
        ),
        key=str,
    )


def plain_parts(participation: Participation) -> dict[str, list[Any]]:
    rows = Part.objects.filter(participation_id=participation.pk)
    return {str(row.public_id): [row.level, row.closed_at is not None] for row in rows}


@transaction.atomic
def save_settings(
    *,
    participation: Participation,
    actor: User,
    seen: Plain,
    values: Mapping[str, Any],
    rows: Plain,
    save_attachments: Callable[[], Any],
    closed_parts: Mapping[int, tuple[str, bool]],
) -> Saved:
    """Saves what differs between `values` and `rows` and what was `seen`.

    `rows` holds attachments and parts in plain form; `save_attachments` writes the former, `closed_parts`
    gives level and closing of the latter by key.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    row = type(participation).objects.get(pk=participation.pk)
    typed = {name: plain(value) for name, value in values.items()} | rows
    now = snapshot(row, list(values))
    touched = {name for name, value in typed.items() if value != seen.get(name)}
    meanwhile = {name for name in typed if now[name] != seen.get(name)}
    clashing = {name for name in touched & meanwhile if typed[name] != now[name]}
    if clashing:
        last = row.acts.filter(kind=ActKind.SETTINGS).select_related("actor").last()
        raise SettingsMeanwhileChanged(clashing, last)
    if not touched:
        return Saved(None, meanwhile)
    many = {field.name for field in row._meta.many_to_many}

    def also() -> None:
        if "attachments" in touched:
            save_attachments()
        if "parts" in touched:
            _save_parts(row, closed_parts)

    act = acts.change_settings(
        participation=row,
        actor=actor,
        changes={name: values[name] for name in touched - many - set(ROWS)},
        related={name: list(values[name]) for name in touched & many},
        also=also if touched & set(ROWS) else None,
    )
    return Saved(act, meanwhile - touched)


def _save_parts(participation: Participation, wanted: Mapping[int, tuple[str, bool]]) -> None:
    for part in Part.objects.filter(participation_id=participation.pk, pk__in=wanted):
        level, closed = wanted[part.pk]
        part.level = level
        part.closed_at = (part.closed_at or timezone.now()) if closed else None
        part.save(update_fields=["level", "closed_at"])


def of_kind(participation: Participation) -> Participation:
    """A fresh row of the participation's own kind."""
    return specific(Participation.objects.get(pk=participation.pk))
