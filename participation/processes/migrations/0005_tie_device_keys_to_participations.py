"""Keys that were the same in every participation become different ones.

Thought through: from the new keys the old ones cannot be worked out, so there is no way back and none is
needed; a device goes on being known, because the new key is made of the old one. Each key changes once.
"""

from django.db import migrations

from participation.processes.device_keys import tie_device_keys
from participation.processes.enums import DeviceUse


def tie(apps, schema_editor):
    contributions = apps.get_model("participation_processes", "Contribution").objects.exclude(device_key="")
    tie_device_keys(contributions, "participation__public_id", DeviceUse.CONTRIBUTING)


class Migration(migrations.Migration):
    dependencies = [("participation_processes", "0004_keep_failures_of_effects")]

    operations = [migrations.RunPython(tie, migrations.RunPython.noop)]
