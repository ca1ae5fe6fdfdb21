"""Who of the team could stand around a parent. Who may not is left out without a trace: no list says why.

Left out are who is kept apart from her or hers, who is of her household, who stands around somebody she is kept apart
from, whom she let go before, who carries as many families as she said she can, who stands there already, and whose
account is locked.
"""

from collections.abc import Iterable

from django.db.models import F

from people.keep_apart import marked_between
from people.models import Person
from people.queries import staff_at_work
from people.vocabulary import Role

from .families import families_of, family_of
from .models import Around, Place
from .said_of_themselves import without_room


def candidate_ids(person_id: str) -> set[str]:
    return candidates_for([person_id])[person_id]


def candidates_for(person_ids: Iterable[str]) -> dict[str, set[str]]:
    """For each of these parents. In the same number of statements whether anybody is left out or not."""
    families = families_of(set(person_ids))
    team = set(staff_at_work(Role.FACILITATOR).values_list("pk", flat=True))
    stands = _by_first(Around.objects.filter(staff_id__in=team, ended_at__isnull=True), "staff_id", "person_id")
    near = {other for others in stands.values() for other in others}
    everyone = {one for family in families.values() for one in family.people}
    apart = marked_between(everyone, team | near)
    theirs = Around.objects.filter(person_id__in=list(families))
    gone = _by_first(theirs.filter(ended_by_id=F("person_id")), "person_id", "staff_id")
    there = _by_first(theirs.filter(ended_at__isnull=True), "person_id", "staff_id")
    full = without_room(set())
    places = Place.objects.filter(family_id__in={pk for family in families.values() for pk in family.ids})
    held = _by_first(places, "family_id", "staff_id")
    found = {}
    for person_id, family in families.items():
        marked = set().union(*(apart.get(one, set()) for one in family.people | {person_id}))
        conflicting = {staff_id for staff_id, others in stands.items() if others & marked}
        no_room = full - set().union(*(held.get(pk, set()) for pk in family.ids))
        not_now = gone.get(person_id, set()) | there.get(person_id, set()) | no_room
        found[person_id] = team - family.people - {person_id} - marked - conflicting - not_now
    return found


def _by_first(rows, first: str, second: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in rows.values_list(first, second):
        found.setdefault(one, set()).add(other)
    return found


def with_room(person_id: str, team: set[str]) -> set[str]:
    """Of these, whom she can choose without a refusal, which would tell her of others in her house: in a full one only
    who has a place there already. Her contact person makes room for who comes instead, if nobody else needs that place.
    """
    family = family_of(person_id)
    places = dict(Place.objects.filter(family_id__in=family.ids).values_list("pk", "staff_id"))
    there = Around.objects.filter(place_id__in=list(places), ended_at__isnull=True)
    needed = there.exclude(person_id=person_id, is_contact_person=True).values_list("place_id", flat=True)
    taken = {places[pk] for pk in needed}
    return team if len(taken) < family.cap else team & taken


def candidates(person_id: str) -> list[Person]:
    could_come = staff_at_work(Role.FACILITATOR).filter(pk__in=candidate_ids(person_id))
    return sorted(could_come, key=lambda one: one.name)
