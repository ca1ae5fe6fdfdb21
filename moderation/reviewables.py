"""The register of what can be reviewed. Upper packages register one object a kind; moderation calls only that.

Every decision is one of its methods, called inside the transaction that records the decision; it asks its own rules
again, changes its own rows, and tells the author.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason


@dataclass(frozen=True)
class Described:
    """What the reader of the team sees of a thing. `author_label`: the name used in that space, never
    another. `context_ids`: whose words stand in the context. `stands`: others can read it now, so that it can be
    taken away.
    """

    text: str
    author_id: str
    author_label: str
    language: str
    team_id: str
    where: str
    context: Sequence[tuple[str, str]] = field(default_factory=tuple)
    context_ids: frozenset[str] = frozenset()
    stands: bool = True


class Reviewable(Protocol):
    """One kind of thing. Each method raises `Refused` when its own rules say no."""

    kind: str

    def describe(self, subject_id: str) -> Described: ...
    def publish(self, subject_id: str, by: Actor, now: datetime | None = None) -> None: ...
    def give_back(self, subject_id: str, by: Actor, note: str, now: datetime | None = None) -> None: ...
    def decline(
        self, subject_id: str, by: Actor, reason_key: str, words: str = "", now: datetime | None = None
    ) -> None: ...
    def remove(self, subject_id: str, by: Actor, because: str, now: datetime | None = None) -> None: ...
    def readable_by(self, actor: Actor, team_ids: Iterable[str]) -> set[str]: ...


METHODS = ("describe", "publish", "give_back", "decline", "remove", "readable_by")
_KINDS: dict[str, Reviewable] = {}


def register(reviewable: Reviewable) -> None:
    _KINDS[reviewable.kind] = reviewable


def registered() -> dict[str, Reviewable]:
    return dict(_KINDS)


def reviewable_of(kind: str) -> Reviewable:
    """The object for a kind; a kind that nobody registered does not exist."""
    if kind not in _KINDS:
        raise Refused(Reason.NOT_FOUND)
    return _KINDS[kind]
