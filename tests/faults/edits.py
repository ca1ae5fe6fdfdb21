"""Random edits of a history, as someone with the database but without the key would make them."""

import copy
import hashlib
import random
from dataclasses import dataclass

from audit.models import AuditEntry, Seal


@dataclass
class History:
    entries: dict[int, AuditEntry]
    seals: list[Seal]

    def copy(self) -> "History":
        return History(dict(self.entries), list(self.seals))


def change(told: History, dice: random.Random) -> None:
    """A word in one row: who, what, when, about whom, why."""
    pk = dice.choice(list(told.entries))
    row = copy.copy(told.entries[pk])
    field = dice.choice(["kind", "by_id", "subject", "subject_id", "because", "details", "at"])
    if field == "at":
        row.at = row.at.replace(microsecond=(row.at.microsecond + 1) % 1_000_000)
    elif field == "details":
        row.details = {**row.details, "more": dice.random()}
    else:
        setattr(row, field, getattr(row, field) + "x")
    told.entries[pk] = row


def delete(told: History, dice: random.Random) -> None:
    """A row with its seal, somewhere in the middle."""
    seal = told.seals.pop(dice.randrange(len(told.seals) - 1))
    del told.entries[seal.entry_id]


def close_the_gap(told: History, dice: random.Random) -> None:
    """The same, and all later positions one lower, so that no number is missing."""
    at = dice.randrange(len(told.seals) - 1)
    seal = told.seals.pop(at)
    del told.entries[seal.entry_id]
    told.seals[at:] = [_moved(one, one.position - 1) for one in told.seals[at:]]


def insert(told: History, dice: random.Random) -> None:
    """A row of one's own with a seal of one's own."""
    at = dice.randrange(len(told.seals))
    pk = max(told.entries) + 1
    like = copy.copy(told.entries[told.seals[at].entry_id])
    like.pk = pk
    told.entries[pk] = like
    made = _moved(told.seals[at], told.seals[at].position)
    made.entry_id = pk
    told.seals[at:] = [made, *(_moved(one, one.position + 1) for one in told.seals[at:])]


def swap(told: History, dice: random.Random) -> None:
    """Two rows change places."""
    one, other = dice.sample(range(len(told.seals)), 2)
    first, second = told.seals[one], told.seals[other]
    told.seals[one] = _moved(first, first.position, second.entry_id)
    told.seals[other] = _moved(second, second.position, first.entry_id)


def cut_the_end(told: History, dice: random.Random) -> None:
    """The last rows and their seals: only a mark kept outside can tell."""
    for seal in told.seals[-dice.randrange(1, min(50, len(told.seals))) :]:
        del told.entries[seal.entry_id]
        told.seals.remove(seal)


def chain_anew(told: History, dice: random.Random) -> None:
    """A changed row, and every later seal made again with a key that is not ours."""
    change(told, dice)
    key, before = str(dice.random()).encode(), ""
    start = dice.randrange(len(told.seals))
    for at in range(start, len(told.seals)):
        before = hashlib.sha256(key + before.encode() + str(told.seals[at].entry_id).encode()).hexdigest()
        told.seals[at] = _moved(told.seals[at], told.seals[at].position, digest=before)


def _moved(seal: Seal, position: int, entry_id: int | None = None, digest: str = "") -> Seal:
    return Seal(
        position=position,
        entry_id=entry_id or seal.entry_id,
        digest=digest or seal.digest,
        sealed_at=seal.sealed_at,
    )


EDITS = (change, delete, close_the_gap, insert, swap, cut_the_end, chain_anew)
