"""Chains audit rows: each seal is an HMAC over the row and the seal before it, with a key not in the clear anywhere.

Sealing runs in the worker, every few seconds and in batches, so that no request waits for a global lock.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from vault.purpose import purpose_key

from . import tombstone
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
    """What checking the chain found: how many links hold, the first that does not (0 when all do), and how many rows
    wait for their seal: more than a few seconds' worth means that someone put them there or that no worker runs.
    """

    links: int
    broken_at: int
    last_digest: str
    unsealed: int = 0

    @property
    def holds(self) -> bool:
        return self.broken_at == 0


def verify(*, anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Walks the whole chain. `anchors` are (position, digest) kept outside: they catch a cut or rewritten tail."""
    entries = {entry.pk: entry for entry in AuditEntry.objects.all().iterator(chunk_size=2000)}
    return check(entries, Seal.objects.order_by("position").iterator(chunk_size=2000), anchors)


def check(entries: dict[int, AuditEntry], seals: Iterable[Seal], anchors: Iterable[tuple[int, str]] = ()) -> Verdict:
    """The same over rows at hand: `seals` in order of position."""
    key, links, first = purpose_key("audit.seal"), 0, 1
    kept, before, position = dict(anchors), "", 0
    for seal in seals:
        if links == 0:
            first = seal.position
            before, position = tombstone.digest_before(first, entries.values()) or "", first - 1
            if first != 1 and not before:
                return Verdict(0, first, "")
        position += 1
        entry = entries.get(seal.entry_id)
        whole = seal.position == position and entry is not None
        if not whole or not hmac.compare_digest(seal.digest, _digest(key, before, position, entry)):
            return Verdict(links, position, before)
        if kept.pop(position, seal.digest) != seal.digest:
            return Verdict(links, position, before)
        before, links = seal.digest, links + 1
    missing = sorted(at for at in kept if at >= first)
    if missing:
        return Verdict(links, missing[0], before)
    return Verdict(links, 0, before, len(entries) - links)
