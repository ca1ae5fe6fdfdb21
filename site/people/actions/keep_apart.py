"""Marks two people as not to be brought together, and lifts the mark. Who and why are encrypted.

On commit the signal `kept_apart` goes out, so that upper packages hide each from the other and give staff a task.
"""

import json
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from people import signals
from people.actor import Actor
from people.keep_apart import pair_key
from people.models import KeepApart
from people.policies import families as policies
from people.policy import Refused
from people.vocabulary import Reason


def mark(*, one: str, other: str, because: str, by: Actor, now: datetime | None = None) -> bool:
    """True when the mark is new. Both are person ids; the record names the hash of the pair, never the two."""
    policies.mark_apart.require(by, one, other)
    if one == other:
        raise Refused(Reason.NOT_FOUND)
    if not because.strip():
        raise Refused(Reason.NEEDS_REASON)
    now = now or timezone.now()
    pair = pair_key(one, other)
    with transaction.atomic():
        _, fresh = KeepApart.objects.get_or_create(
            pair=pair,
            defaults={
                "details": json.dumps({"people": sorted((one, other)), "because": because}),
                "marked_at": now,
                "marked_by_id": by.person_id,
            },
        )
        if fresh:
            record(
                "people.keep_apart.marked",
                by_id=by.person_id,
                subject="people.keep_apart",
                subject_id=pair[:40],
                because=because,
                now=now,
            )
            people = tuple(sorted((one, other)))
            transaction.on_commit(lambda: signals.kept_apart.send(sender=KeepApart, person_ids=people))
    return fresh


def lift(*, one: str, other: str, because: str, by: Actor, now: datetime | None = None) -> bool:
    """True when there was a mark. Nothing that was hidden comes back by itself: staff decide that."""
    policies.lift_mark.require(by, one, other)
    if not because.strip():
        raise Refused(Reason.NEEDS_REASON)
    pair = pair_key(one, other)
    with transaction.atomic():
        gone, _ = KeepApart.objects.filter(pair=pair).delete()
        if gone:
            record(
                "people.keep_apart.lifted",
                by_id=by.person_id,
                subject="people.keep_apart",
                subject_id=pair[:40],
                because=because,
                now=now,
            )
    return bool(gone)
