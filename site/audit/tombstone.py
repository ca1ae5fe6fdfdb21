"""The stone at the beginning of a history whose oldest part is past its term: where it ended, and with what digest.

It carries a mark that only this installation can make: a row that someone else put there lets nothing disappear.
"""

from collections.abc import Iterable
from hmac import compare_digest

from vault.purpose import keyed_hash

from .models import AuditEntry

KIND = "audit.history.ended"


def facts(position: int, digest: str) -> dict[str, str | int]:
    return {"position": position, "digest": digest, "mark": _mark(position, digest)}


def digest_before(first: int, entries: Iterable[AuditEntry]) -> str | None:
    """What the link before the first one was: empty at the very beginning, nothing when no stone says so."""
    if first == 1:
        return ""
    for entry in entries:
        told = entry.details
        if entry.kind == KIND and told.get("position") == first - 1:
            digest = str(told.get("digest"))
            if compare_digest(str(told.get("mark")), _mark(first - 1, digest)):
                return digest
    return None


def _mark(position: int, digest: str) -> str:
    return keyed_hash("audit.tombstone", str(position), digest)
