"""The register of things that notices are about: upper packages say whether one is still of use, and where it stands.

Outreach knows things only by kind and id. A kind that nobody registered is always of use and has no address.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

OfUse = Callable[[str, str], bool]
Address = Callable[[str, str], str | None]


def _always(person_id: str, subject_id: str) -> bool:
    return True


def _nowhere(person_id: str, subject_id: str) -> None:
    return None


@dataclass(frozen=True)
class Subject:
    of_use: OfUse = _always
    address: Address = _nowhere


_SUBJECTS: dict[str, Subject] = {}


def register(kind: str, *, of_use: OfUse = _always, address: Address = _nowhere) -> None:
    """`of_use(person_id, subject_id)`: may this person still see it, is it still true. `address`: where to read it."""
    _SUBJECTS[kind] = Subject(of_use, address)


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
