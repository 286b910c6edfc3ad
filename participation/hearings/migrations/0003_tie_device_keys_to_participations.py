"""As in participation.processes: thought through, once, without a way back. What is forgotten stays so.

Supports are tied to their comments: that is as far as a device has to be known.
"""

from django.db import migrations

from participation.processes.device_keys import tie_device_keys
from participation.processes.enums import DeviceUse


def tie(apps, schema_editor):
    supports = apps.get_model("participation_hearings", "Support").objects.exclude(device_key="")
    known = supports.exclude(device_key__startswith="forgotten ")
    tie_device_keys(known, "comment__public_id", DeviceUse.SUPPORTING)


class Migration(migrations.Migration):
    dependencies = [
        ("participation_hearings", "0002_initial"),
        ("participation_processes", "0005_tie_device_keys_to_participations"),
    ]

    operations = [migrations.RunPython(tie, migrations.RunPython.noop)]
