"""A thousand edits behind our back, the marks outside, and the stone where old history ended."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit import anchors, sealer, tombstone
from audit.actions import retention
from audit.models import AccessEntry, AuditEntry, Seal
from audit.record import looked, record
from tests.faults.edits import EDITS, History

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


def written(count: int, *, now: datetime = NOON) -> None:
    for number in range(count):
        record("groups.message.published", by_id="a", subject="groups.message", subject_id=str(number), now=now)
    while sealer.seal_pending(now=now):
        pass


def test_a_thousand_random_edits_are_all_found():  # G38
    """On a short history here; `python -m tests.faults history` does it on ten thousand rows."""
    written(60)
    whole = History({one.pk: one for one in AuditEntry.objects.all()}, list(Seal.objects.order_by("position")))
    anchor = (whole.seals[-1].position, whole.seals[-1].digest)
    assert sealer.check(whole.entries, whole.seals, [anchor]).holds
    dice, missed = random.Random(38), []
    for number in range(1000):
        told, edit = whole.copy(), EDITS[number % len(EDITS)]
        edit(told, dice)
        if sealer.check(told.entries, told.seals, [anchor]).holds:
            missed.append(edit.__name__)
    assert missed == []


def test_a_row_put_in_unsealed_is_counted():  # G38
    written(5)
    record("people.role.granted", by_id="nobody")
    assert sealer.verify().unsealed == 1


def test_the_mark_outside_is_written_once_and_tells_a_cut_end(settings, tmp_path):  # G38
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "elsewhere" / "marks")
    written(20)
    anchors.write(NOON)
    anchors.write(NOON + timedelta(hours=12))
    assert len(anchors.read(anchors.file())) == 1
    call_command("verify_history")
    last = Seal.objects.order_by("-position").first()
    with transaction.atomic():
        retention._lift()
        Seal.objects.filter(pk=last.pk).delete()
        AuditEntry.objects.filter(pk=last.entry_id).delete()
        retention._put_back()
    assert sealer.verify().holds
    with pytest.raises(CommandError, match="link 20"):
        call_command("verify_history")


def test_old_history_ends_at_a_sealed_stone_and_the_rest_still_holds(settings, tmp_path):  # G38, G42
    settings.AUDIT_ANCHOR_FILE = str(tmp_path / "marks")
    old = NOON - timedelta(days=800)
    written(30, now=old)
    anchors.write(old)
    looked(staff_id="s", person_ids=["p"], purpose="review", now=old)
    written(10)
    anchors.write(NOON)
    assert retention.forget_old(NOON) == 30
    assert not AuditEntry.objects.filter(at__lt=NOON - retention.KEPT).exists()
    assert not AccessEntry.objects.exists()
    verdict = sealer.verify(anchors=anchors.read(anchors.file()))
    assert verdict.holds
    assert verdict.links == 11
    assert retention.forget_old(NOON) == 0
    assert retention.forget_old(NOON + timedelta(days=800)) == 11
    assert sealer.verify().holds
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")


def test_a_stone_that_someone_else_put_there_lets_nothing_disappear():  # G38
    written(20)
    seals = list(Seal.objects.order_by("position"))
    entries = {one.pk: one for one in AuditEntry.objects.all()}
    forged = dict(tombstone.facts(10, seals[9].digest), mark="0" * 64)
    stone = AuditEntry(pk=max(entries) + 1, at=NOON, kind=tombstone.KIND, details=forged)
    rest = {seal.entry_id: entries[seal.entry_id] for seal in seals[10:]}
    assert not sealer.check({**rest, stone.pk: stone}, seals[10:]).holds
    assert not sealer.check(rest, seals[10:]).holds
