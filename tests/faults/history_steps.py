"""The side of `history` that runs where Django runs."""

import random

from django.utils import timezone

from audit import sealer
from audit.models import AuditEntry, Seal

from .edits import EDITS, History


def write(*, count: int) -> int:
    now, there = timezone.now(), AuditEntry.objects.count()
    rows = (
        AuditEntry(at=now, kind="groups.message.posted", by_id="a", subject="groups.message", subject_id=str(number))
        for number in range(count - there)
    )
    AuditEntry.objects.bulk_create(rows, batch_size=1000)
    while sealer.seal_pending():
        pass
    return Seal.objects.count()


def holds() -> bool:
    return sealer.verify().holds


def edit(*, count: int) -> list[str]:
    """The kinds of edits that went unnoticed."""
    whole = History({one.pk: one for one in AuditEntry.objects.all()}, list(Seal.objects.order_by("position")))
    anchor, dice = (whole.seals[-1].position, whole.seals[-1].digest), random.Random()
    missed = []
    for number in range(count):
        told, how = whole.copy(), EDITS[number % len(EDITS)]
        how(told, dice)
        if sealer.check(told.entries, told.seals, [anchor]).holds:
            missed.append(how.__name__)
    return missed
