"""The family that a ceiling of professionals counts for: the household, or a person who is in none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from people.models import Household
from people.queries import households_of

from .models import ContactMoment, Place

CAP_OF_ONE = 3
FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True)
class Family:
    """`people` are known to staff only as a number; no page names one person on the page of another."""

    id: str
    cap: int
    people: frozenset[str]

    @property
    def ids(self) -> set[str]:
        """Under which its places stand: also those that were given before these people were one household."""
        return {self.id, *self.people}


def family_of(person_id: str) -> Family:
    return families_of([person_id])[person_id]


def families_of(person_ids: Iterable[str]) -> dict[str, Family]:
    """The same for many, in the same number of statements."""
    homes = households_of(person_ids)
    return {one: _family(one, homes.get(one)) for one in person_ids}


def _family(person_id: str, home: Household | None) -> Family:
    if home is None:
        return Family(person_id, CAP_OF_ONE, frozenset({person_id}))
    return Family(home.pk, home.professional_cap, frozenset(one.person_id for one in home.members.all()))


def places_taken(family: Family) -> int:
    return Place.objects.filter(family_id__in=family.ids).values("staff_id").distinct().count()


def is_crowded(family: Family, now: datetime) -> bool:
    """Whether more different professionals than the ceiling had contact this fortnight, or tried to. Never who."""
    moments = ContactMoment.objects.filter(person_id__in=family.people, at__gt=now - FORTNIGHT, at__lte=now)
    return moments.values("by_id").distinct().count() > family.cap
