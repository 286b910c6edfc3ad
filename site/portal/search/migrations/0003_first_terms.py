"""The first search terms; from here on they are the editors'."""

import csv
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).resolve().parents[1] / "data" / "terms.csv"


def load(apps, schema_editor):
    term = apps.get_model("portal_search", "SearchTerm")
    with FILE.open(encoding="utf-8", newline="") as file:
        term.objects.bulk_create(term(**row) for row in csv.DictReader(file))


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0002_database_index")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
