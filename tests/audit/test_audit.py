"""History cannot be changed, and a change made behind our back is found."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from audit import sealer
from audit.models import AccessEntry, AuditEntry, Seal
from audit.record import looked, record

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_seal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_history(table, statement):
    record("people.role.granted", by_id="a", subject="people.person", subject_id="b")
    sealer.seal_pending()
    column = "kind" if table == "audit_auditentry" else "digest"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, column, "'x'"))


def test_sealing_twice_adds_nothing_and_the_chain_holds():
    for number in range(20):
        record("groups.message.published", by_id="a", subject="groups.message", subject_id=str(number))
    assert sealer.seal_pending() == 20
    assert sealer.seal_pending() == 0
    assert sealer.verify().holds
    assert sealer.verify().links == 20


def test_an_edit_behind_our_back_is_found():  # G38
    for number in range(30):
        record("groups.message.published", by_id="a", subject="groups.message", subject_id=str(number))
    sealer.seal_pending()
    entry = AuditEntry.objects.order_by("pk")[10]
    _lift_triggers()
    AuditEntry.objects.filter(pk=entry.pk).update(by_id="someone else")
    verdict = sealer.verify()
    assert not verdict.holds
    assert verdict.broken_at == 11


def test_a_cut_tail_is_found_by_the_anchor_outside():  # G38
    for number in range(12):
        record("groups.message.published", subject_id=str(number))
    sealer.seal_pending()
    last = Seal.objects.order_by("-position").first()
    anchor = (last.position, last.digest)
    _lift_triggers()
    Seal.objects.filter(position__gt=8).delete()
    AuditEntry.objects.filter(pk__in=AuditEntry.objects.order_by("-pk").values("pk")[:4]).delete()
    assert sealer.verify().holds
    assert not sealer.verify(anchors=[anchor]).holds


def test_looks_are_one_row_per_person_purpose_and_quarter():  # G37
    for minute in (0, 5, 14, 16):
        looked(staff_id="s", person_ids=["p", "q", "s"], purpose="review", now=NOON + timedelta(minutes=minute))
    assert AccessEntry.objects.count() == 4
    assert not AccessEntry.objects.filter(person_id="s").exists()


def _lift_triggers():
    with connection.cursor() as cursor:
        for table in ("audit_auditentry", "audit_seal"):
            for verb in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")
