"""What tells a device again: in one place and for one purpose, never beyond.

The same device has another key in each participation, and in it another for contributing and for reporting;
for supporting it has another for each contribution. So no rows tell, not even together, what one device has
done in two participations, or which of the contributions to one it has supported.
"""

from typing import Any

from django.db.models import F, QuerySet

from portal.core.keyed_hash import keyed_hash

from .enums import DeviceUse

BATCH = 1000


def device_key_in(place: object, use: DeviceUse, device: str) -> str:
    """From the public id of the place and the key of the device; empty when there is none."""
    return keyed_hash("device in place", str(place), use, device) if device else ""


def tie_device_keys(rows: QuerySet[Any], place: str, use: DeviceUse) -> None:
    """For migrations: makes keys of devices into those that they have in their places.

    `place` is the lookup of the place's public id.
    """
    last = 0
    while batch := list(rows.filter(pk__gt=last).annotate(place=F(place)).order_by("pk")[:BATCH]):
        for row in batch:
            row.device_key = device_key_in(row.place, use, row.device_key)
        rows.model.objects.bulk_update(batch, ["device_key"])
        last = batch[-1].pk
