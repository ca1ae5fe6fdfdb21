"""Who stands around a parent, as she reads it and as staff read it. Only professionals; never anybody of her household,
never anybody she is kept apart from.
"""

from dataclasses import dataclass, field
from datetime import datetime

from people.keep_apart import marked_among
from people.models import Person
from people.queries import names_of_staff

from .candidates import candidates
from .families import family_of, is_crowded, places_taken
from .models import Around


@dataclass(frozen=True)
class Standing:
    """One professional around her. `since` is empty until her yes; `is_unasked`: took over from a colleague instead."""

    id: str
    staff_id: str
    name: str
    is_contact_person: bool
    since: datetime | None
    limit_at: datetime | None = None
    is_unasked: bool = False


@dataclass(frozen=True)
class AroundMe:
    contact_person: Standing | None = None
    others: list[Standing] = field(default_factory=list)
    asked: list[Standing] = field(default_factory=list)


@dataclass(frozen=True)
class AroundForStaff:
    """The same for who may ask to add one: with the room that is left, as a number, and who could come."""

    standing: list[Standing]
    asked: list[Standing]
    taken: int
    cap: int
    is_crowded: bool
    could_come: list[Person]

    @property
    def is_full(self) -> bool:
        return self.taken >= self.cap

    @property
    def can_make_place(self) -> list[Standing]:
        return [one for one in (*self.standing, *self.asked) if not one.is_contact_person]


def _rows(person_id: str) -> list[Standing]:
    rows = list(Around.objects.filter(person_id=person_id, ended_at__isnull=True).order_by("asked_at", "pk"))
    hidden = marked_among(person_id, {row.staff_id for row in rows})
    names = names_of_staff({row.staff_id for row in rows})
    return [
        Standing(
            row.pk,
            row.staff_id,
            names.get(row.staff_id, ""),
            row.is_contact_person,
            row.agreed_at,
            row.limit_at,
            row.unasked_since is not None,
        )
        for row in rows
        if row.staff_id not in hidden
    ]


def around_me(person_id: str) -> AroundMe:
    """In the same number of statements, whoever stands there."""
    rows = _rows(person_id)
    here = [one for one in rows if one.since]
    return AroundMe(
        contact_person=next((one for one in here if one.is_contact_person), None),
        others=[one for one in here if not one.is_contact_person],
        asked=[one for one in rows if not one.since],
    )


def around_for_staff(person_id: str, now: datetime) -> AroundForStaff:
    rows, family = _rows(person_id), family_of(person_id)
    return AroundForStaff(
        standing=[one for one in rows if one.since],
        asked=[one for one in rows if not one.since],
        taken=places_taken(family),
        cap=family.cap,
        is_crowded=is_crowded(family, now),
        could_come=candidates(person_id),
    )
