from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from vault import keyring
from vault.fields import EncryptedTextField

BATCH = 500


class Command(BaseCommand):
    help = "Writes every encrypted field anew under the newest key of FIELD_KEYS; afterwards the old key may go."

    def handle(self, **options):
        total = 0
        for model in apps.get_models():
            for field in model._meta.local_concrete_fields:
                if isinstance(field, EncryptedTextField) and model._meta.label != "audit.AuditEntry":
                    total += renew(model, field.column)
        self.stdout.write(f"{total} values are under the newest key. Reasons in the audit record keep their old key.")


def renew(model, column: str) -> int:
    """One column, row by row and in batches, so that the portal can go on meanwhile."""
    quoted, table, key = connection.ops.quote_name, model._meta.db_table, model._meta.pk.column
    select = f"SELECT {quoted(key)}, {quoted(column)} FROM {quoted(table)} WHERE {quoted(column)} <> ''"  # noqa: S608
    update = (
        f"UPDATE {quoted(table)} SET {quoted(column)} = %s "  # noqa: S608
        f"WHERE {quoted(key)} = %s AND {quoted(column)} = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(select)
        rows = cursor.fetchall()
    for start in range(0, len(rows), BATCH):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(update, [(keyring.renew(token), pk, token) for pk, token in rows[start : start + BATCH]])
    return len(rows)
