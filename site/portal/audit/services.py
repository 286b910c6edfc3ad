"""Recording and sealing; recording is one row in the caller's transaction."""

import uuid
from typing import Any

from portal.core import request_id

from .models import Entry
from .sealing import Verification, log_head, seal, verify

__all__ = ["Verification", "log_head", "record", "seal", "verify"]


def record(
    *,
    verb: str,
    actor: Any = None,
    obj: Any = None,
    kind: str = "",
    public_id: Any = "",
    participation: Any = None,
    on_behalf_of: Any = None,
) -> Entry:
    """Writes one entry. Rows or their public ids do for actor, participation and on_behalf_of.

    An object is known by its public id, or, for rows that have none (units, settings, pages), by their key.
    """
    if obj is not None:
        kind = kind or obj._meta.label_lower
        public_id = public_id or getattr(obj, "public_id", obj.pk)
    return Entry.objects.create(
        verb=verb,
        actor=_identifier(actor),
        on_behalf_of=_identifier(on_behalf_of),
        kind=kind,
        public_id=str(public_id),
        participation=_identifier(participation),
        request_id=request_id.current(),
    )


def _identifier(thing: Any) -> uuid.UUID | None:
    """The public id of a row; None for nobody and for visitors who are not logged in."""
    if thing is None or isinstance(thing, uuid.UUID):
        return thing
    if isinstance(thing, str):
        return uuid.UUID(thing) if thing else None
    return getattr(thing, "public_id", None)
