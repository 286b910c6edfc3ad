"""The database's own index beside the tables: full text of PostgreSQL, FTS5 of SQLite. Additive."""

from django.db import migrations

from portal.search import database_index


def make(apps, schema_editor):
    for name in ("SearchEntry", "StaffSearchEntry"):
        database_index.ensure(apps.get_model("portal_search", name), schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("portal_search", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
