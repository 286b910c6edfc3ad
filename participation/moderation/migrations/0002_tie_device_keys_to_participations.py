"""As in participation.processes: thought through, once, without a way back."""

from django.db import migrations

from participation.processes.device_keys import tie_device_keys
from participation.processes.enums import DeviceUse


def tie(apps, schema_editor):
    reports = apps.get_model("participation_moderation", "AbuseReport").objects.exclude(device_key="")
    tie_device_keys(reports, "contribution__participation__public_id", DeviceUse.REPORTING)


class Migration(migrations.Migration):
    dependencies = [
        ("participation_moderation", "0001_initial"),
        ("participation_processes", "0005_tie_device_keys_to_participations"),
    ]

    operations = [migrations.RunPython(tie, migrations.RunPython.noop)]
