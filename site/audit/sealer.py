"""Chains audit rows: each seal is an HMAC over the row and the seal before it, with a key not in the clear anywhere.

Sealing runs in the worker, every few seconds and in batches, so that no request waits for a global lock.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from vault.purpose import purpose_key

from .models import AuditEntry, Seal

BATCH = 500


def _digest(key: bytes, before: str, position: int, entry: AuditEntry) -> str:
    content = json.dumps(
        [
            before,
            position,
            entry.pk,
            entry.at.isoformat(),
            entry.kind,
            entry.by_id,
            entry.subject,
            entry.subject_id,
            entry.details,
            entry.because,
        ],
        sort_keys=True,
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def seal_pending(*, now: datetime | None = None) -> int:
    """Seals what waits; returns how many. Two at once are safe: positions are unique, so one of them wins and the
    other seals nothing this time. No row is locked: who runs the portal needs no right to change seals.
    """
    try:
        return _seal_batch(now or timezone.now())
    except IntegrityError:
        return 0


def _seal_batch(now: datetime) -> int:
    key = purpose_key("audit.seal")
    with transaction.atomic():
        last = Seal.objects.order_by("-position").first()
        position, before = (last.position, last.digest) if last else (0, "")
        waiting = AuditEntry.objects.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk"))))
        seals = []
        for entry in waiting.order_by("pk")[:BATCH]:
            position += 1
            before = _digest(key, before, position, entry)
            seals.append(Seal(position=position, entry_id=entry.pk, digest=before, sealed_at=now))
        Seal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many links hold, and the first that does not (0 when all do)."""

    links: int
    broken_at: int
    last_digest: str

    @property
    def holds(self) -> bool:
        return self.broken_at == 0


def verify(*, anchor: tuple[int, str] | None = None) -> Verdict:
    """Walks the whole chain. `anchor` is a (position, digest) kept outside: it catches a cut tail."""
    key = purpose_key("audit.seal")
    entries = {entry.pk: entry for entry in AuditEntry.objects.all().iterator(chunk_size=2000)}
    before, expected, seen = "", 0, {}
    for seal in Seal.objects.order_by("position").iterator(chunk_size=2000):
        expected += 1
        entry = entries.get(seal.entry_id)
        if (
            seal.position != expected
            or entry is None
            or not hmac.compare_digest(seal.digest, _digest(key, before, seal.position, entry))
        ):
            return Verdict(expected - 1, expected, before)
        before = seal.digest
        if anchor and seal.position == anchor[0]:
            seen["anchor"] = seal.digest
    if anchor and seen.get("anchor") != anchor[1]:
        return Verdict(expected, anchor[0], before)
    return Verdict(expected, 0, before)
