"""The database itself refuses changes and deletions in the audit log and its seals."""

from django.db import migrations

TABLES = ("portal_audit_entry", "portal_audit_seal")

POSTGRESQL_FUNCTION = """
CREATE FUNCTION portal_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is insert-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
POSTGRESQL_TRIGGER = (
    "CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION portal_audit_refuse()"
)
SQLITE_TRIGGER = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'the audit log is insert-only: {verb} refused'); END"
)


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=table))
    else:
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE_TRIGGER.format(table=table, verb=verb))


def unprotect(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_insert_only ON {table}")
        schema_editor.execute("DROP FUNCTION portal_audit_refuse()")
    else:
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    dependencies = [("portal_audit", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
