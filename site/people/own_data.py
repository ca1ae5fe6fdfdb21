"""What Kring holds of one person: each area tells what it can give along, and lets go of it when the person is erased.

A register that areas fill when they start, because this package may not know theirs. What an area tells is the
person's own: never words of others, never a mark to keep apart, never who else is in a household.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from audit.models import AccessEntry

from .queries import name_of_staff

Fact = tuple[object, object]


@dataclass(frozen=True)
class Item:
    """One thing: facts as (word, value), and the person's own words with it."""

    facts: tuple[Fact, ...]
    words: str = ""
    language: str = ""


@dataclass(frozen=True)
class Part:
    """One heading of the file that a person takes along."""

    title: object
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Keeper:
    """`tell(person_id)` gives parts. `forget(person_id, now)` runs in the transaction that erases the person."""

    name: str
    tell: Callable[[str], list[Part]]
    forget: Callable[[str, datetime], None]


KEEPERS: dict[str, Keeper] = {}


def register(keeper: Keeper) -> None:
    if keeper.name in KEEPERS and KEEPERS[keeper.name] != keeper:
        raise RuntimeError(f"Two keepers named {keeper.name!r}.")
    KEEPERS[keeper.name] = keeper


def looks_at(person_id: str, purposes: Mapping[str, object], words: tuple[object, object, object]) -> list[Item]:
    """Looks by staff for these purposes, as the person may read them; `words` are those for who, when and why."""
    who, when, why = words
    rows = AccessEntry.objects.filter(person_id=person_id, shown_to_person=True, purpose__in=purposes)
    names: dict[str, str] = {}
    items = []
    for row in rows.order_by("window"):
        name = names.setdefault(row.staff_id, name_of_staff(row.staff_id))
        items.append(Item(((who, name), (when, row.window), (why, purposes[row.purpose]))))
    return items
