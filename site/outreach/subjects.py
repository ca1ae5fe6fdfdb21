"""The register of things that notices are about: upper packages say whether one is still of use, where it stands, and
which of them a member of staff may know of.

Outreach knows things only by kind and id. A kind that nobody registered is always of use, has no
address, and is in nobody's sight.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from people.actor import Actor

OfUse = Callable[[str, str], bool]
Address = Callable[[str, str], str | None]
InSight = Callable[[Actor, Collection[str]], Collection[str]]


def _always(person_id: str, subject_id: str) -> bool:
    return True


def _nowhere(person_id: str, subject_id: str) -> None:
    return None


def _none(actor: Actor, subject_ids: Collection[str]) -> Collection[str]:
    return ()


def to_all_around_her(actor: Actor, subject_ids: Collection[str]) -> Collection[str]:
    """For what the team itself does towards a parent: whoever may open her page may know that it was."""
    return subject_ids


@dataclass(frozen=True)
class Subject:
    of_use: OfUse = _always
    address: Address = _nowhere
    in_sight: InSight = _none


_SUBJECTS: dict[str, Subject] = {}


def register(kind: str, *, of_use: OfUse = _always, address: Address = _nowhere, in_sight: InSight = _none) -> None:
    """`of_use(person_id, subject_id)`: may this person still see it, is it still true. `address`: where to read it.
    `in_sight(actor, subject_ids)`: those of which this member of staff may know that a parent was told.
    """
    _SUBJECTS[kind] = Subject(of_use, address, in_sight)


@contextmanager
def for_a_while(kind: str, *, of_use: OfUse) -> Iterator[None]:
    """A kind that exists only while a story is played."""
    register(kind, of_use=of_use)
    try:
        yield
    finally:
        del _SUBJECTS[kind]


def is_of_use(kind: str, person_id: str, subject_id: str) -> bool:
    return _SUBJECTS.get(kind, Subject()).of_use(person_id, subject_id)


def address_of(kind: str, person_id: str, subject_id: str) -> str | None:
    return _SUBJECTS.get(kind, Subject()).address(person_id, subject_id)


def in_sight(kind: str, actor: Actor, subject_ids: Collection[str]) -> Collection[str]:
    """Of these things, those that this member of staff may know of."""
    return _SUBJECTS.get(kind, Subject()).in_sight(actor, subject_ids)
