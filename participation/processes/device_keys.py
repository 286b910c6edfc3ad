"""What tells a device again: within one participation and for one purpose, never beyond.

The same device has another key in each participation, and in it another for commenting, for supporting and
for reporting. So no rows tell, not even together, what one device has done in two of them.
"""

from typing import Any

from django.db.models import F, QuerySet

from portal.core.keyed_hash import keyed_hash

from .enums import DeviceUse

BATCH = 1000


def device_key_in(participation_id: object, use: DeviceUse, device: str) -> str:
    """From the public id of the participation and the key of the device; empty when there is none."""
    return keyed_hash("device in participation", str(participation_id), use, device) if device else ""


def tie_to_participations(rows: QuerySet[Any], participation: str, use: DeviceUse) -> None:
    """For migrations: makes keys of devices into those that they have within their participations.

    `participation` is the lookup of the participation's public id.
    """
    last = 0
    while batch := list(rows.filter(pk__gt=last).annotate(where=F(participation)).order_by("pk")[:BATCH]):
        for row in batch:
            row.device_key = device_key_in(row.where, use, row.device_key)
        rows.model.objects.bulk_update(batch, ["device_key"])
        last = batch[-1].pk
