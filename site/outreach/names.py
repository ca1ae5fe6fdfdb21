"""How the team calls the people it accompanies. Upper packages add the names they know by registration.

A member of staff only learns names that the relation to these people already opens to her.
"""

from collections.abc import Callable, Iterable

from people.models import Person

# `answer(staff_id, person_ids)` gives the names this member of staff knows some of these people by.
Answer = Callable[[str, list[str]], dict[str, str]]

_ANSWERS: list[Answer] = []


def register(answer: Answer) -> None:
    if answer not in _ANSWERS:
        _ANSWERS.append(answer)


def names_for(staff_id: str, person_ids: Iterable[str]) -> dict[str, str]:
    """A name for each: as the team calls this person, else as another package knows them; empty when nobody does."""
    wanted = list(person_ids)
    known: dict[str, str] = {}
    for answer in _ANSWERS:
        known |= answer(staff_id, wanted)
    own = dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {person_id: own.get(person_id) or known.get(person_id, "") for person_id in wanted}
