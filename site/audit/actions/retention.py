"""Ends the part of the history that is past its term, and looks of that age. The only place that may delete history.

A stone is recorded and sealed first; only then the triggers are lifted, inside the transaction that deletes.
"""

from datetime import datetime, timedelta
from importlib import import_module

from django.db import connection, transaction

from audit import tombstone
from audit.models import AccessEntry, AuditEntry, Seal
from audit.record import record
from audit.sealer import seal_pending

KEPT = timedelta(days=730)
TABLES = ("audit_auditentry", "audit_seal")


def forget_old(now: datetime) -> int:
    """Removes what is older than 24 months; returns how many rows of history went.

    Where the role of the database may not delete history, its owner runs this by `manage.py end_history`.
    """
    if not _may_delete():
        return 0
    AccessEntry.objects.filter(window__lt=now - KEPT).delete()
    while seal_pending(now=now):
        pass
    last = _last_old(now - KEPT)
    if last is None:
        return 0
    record("audit.history.ended", now=now, **tombstone.facts(last.position, last.digest))
    while seal_pending(now=now):
        pass
    old = Seal.objects.filter(position__lte=last.position)
    with transaction.atomic():
        _lift()
        gone = AuditEntry.objects.filter(pk__in=old.values("entry_id")).delete()[0]
        old.delete()
        _put_back()
    return gone


def _last_old(before: datetime) -> Seal | None:
    """The last link of the unbroken run of old rows at the beginning."""
    young = AuditEntry.objects.filter(at__gte=before)
    first_young = Seal.objects.filter(entry_id__in=young.values("pk")).order_by("position").first()
    rows = Seal.objects.filter(position__lt=first_young.position) if first_young else Seal.objects.all()
    return rows.order_by("-position").first()


def _may_delete() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(has_table_privilege(name, 'DELETE')) FROM unnest(%s::text[]) AS name", [list(TABLES)]
        )
        return bool(cursor.fetchone()[0])


def _lift() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL kring.retention = 'on'")
            return
        for table in TABLES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")


def _put_back() -> None:
    law = import_module("audit.migrations.0002_append_only")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL kring.retention = 'off'")
            return
        for table in TABLES:
            for statement in law.statements(connection.vendor, table):
                cursor.execute(statement)
