"""History is only ever added to: the database itself refuses changes and deletions.

The triggers are lifted in two places only: by the test runner when it empties tables, and by the retention action.
"""

from django.db import migrations

TABLES = ("audit_auditentry", "audit_seal")


def add(apps, schema_editor):
    for table in TABLES:
        for statement in statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            """CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger AS $$
            BEGIN
                IF current_setting('kring.retention', true) = 'on' THEN RETURN OLD; END IF;
                RAISE EXCEPTION 'audit rows are never changed';
            END $$ LANGUAGE plpgsql""",
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
                for verb in ("update", "delete")
            ),
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END"
        for verb in ("update", "delete")
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
