"""The family that a ceiling of professionals counts for: the household, or a person who is in none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from people.queries import household_of, people_of

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
    household = household_of(person_id)
    if household is None:
        return Family(person_id, CAP_OF_ONE, frozenset({person_id}))
    return Family(household.pk, household.professional_cap, frozenset(people_of(household)))


def places_taken(family: Family) -> int:
    return Place.objects.filter(family_id__in=family.ids).values("staff_id").distinct().count()


def is_crowded(family: Family, now: datetime) -> bool:
    """Whether more different professionals than the ceiling had contact this fortnight, or tried to. Never who."""
    moments = ContactMoment.objects.filter(person_id__in=family.people, at__gt=now - FORTNIGHT, at__lte=now)
    return moments.values("by_id").distinct().count() > family.cap
