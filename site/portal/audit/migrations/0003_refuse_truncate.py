"""Emptying the audit log or its seals at once is refused as changing and deleting are.

SQLite knows no TRUNCATE: its DELETE is refused already. Whoever owns the tables can still switch triggers off,
and the seals in the log of the service show it.
"""

from django.db import migrations

TABLES = ("portal_audit_entry", "portal_audit_seal")
TRIGGER = (
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_audit_refuse()"
)


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(TRIGGER.format(table=table))


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")


class Migration(migrations.Migration):
    dependencies = [("portal_audit", "0002_insert_only")]

    operations = [migrations.RunPython(protect, unprotect)]
