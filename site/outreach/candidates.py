"""Who of the team could stand around a parent. Who may not is left out without a trace: no list says why.

Left out are who is kept apart from her or hers, who is of her household, who stands around somebody she is kept apart
from, whom she let go before, who carries as many families as she said she can, and who stands there already.
"""

from people.keep_apart import marked_between
from people.models import Person
from people.queries import staff_with
from people.vocabulary import Role

from .families import family_of
from .models import Around, Place
from .said_of_themselves import without_room


def candidate_ids(person_id: str) -> set[str]:
    """In the same number of statements whether anybody is left out or not."""
    family = family_of(person_id)
    team = set(staff_with(Role.FACILITATOR).values_list("pk", flat=True)) - family.people - {person_id}
    stands: dict[str, set[str]] = {}
    for staff_id, other in _standing(team):
        stands.setdefault(staff_id, set()).add(other)
    near = {other for others in stands.values() for other in others}
    apart = set().union(*marked_between(family.people | {person_id}, team | near).values())
    conflicting = {staff_id for staff_id, others in stands.items() if others & apart}
    gone = set(Around.objects.filter(person_id=person_id, ended_by_id=person_id).values_list("staff_id", flat=True))
    there = set(Around.objects.filter(person_id=person_id, ended_at__isnull=True).values_list("staff_id", flat=True))
    return team - apart - conflicting - gone - there - without_room(family.ids)


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
    return sorted(staff_with(Role.FACILITATOR).filter(pk__in=candidate_ids(person_id)), key=lambda one: one.name)


def _standing(team: set[str]):
    rows = Around.objects.filter(staff_id__in=team, ended_at__isnull=True)
    return rows.values_list("staff_id", "person_id")
