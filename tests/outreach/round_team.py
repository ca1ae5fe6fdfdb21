"""A team for the tests of rounds: who accompanies whom, and a round begun and confirmed by one of them."""

from datetime import date

from outreach import circles
from outreach import round_queries as queries
from outreach.actions import rounds
from outreach.models import Around, Place, Round, SafeContact
from outreach.models.occasion import OccasionKind
from outreach.vocabulary import Channel
from people import relations
from people.actor import Actor
from people.models import Person
from people.vocabulary import Role

from .conftest import BEFORE, NOON

CALL, VISIT, EMAIL = Channel("call"), Channel("visit"), Channel("email")


class Team:
    """Facilitators and whom each accompanies, as an upper package would tell it."""

    def __init__(self):
        self.parents: dict[str, set[str]] = {}

    def joins(self, name: str, *parents: Person) -> Person:
        person = Person.objects.create(name=name, is_staff=True, created_at=BEFORE)
        self.parents[person.pk] = {parent.pk for parent in parents}
        return person

    def staff_of(self, ids, seen_by=""):
        """All of them are one team, and see one another."""
        return {one: {staff for staff, mine in self.parents.items() if one in mine} for one in ids}


def made_up(monkeypatch) -> Team:
    """Instead of what the groups would tell."""
    team = Team()
    monkeypatch.setattr(relations, "_RELATIONS", {"accompanies": [lambda who: team.parents.get(who, set())]})
    source = circles.Source(lambda actor: [], lambda actor: [], lambda actor, ids: {}, team.staff_of)
    monkeypatch.setattr(circles, "_SOURCES", [source])
    return team


def by(person: Person) -> Actor:
    return Actor(person_id=person.pk, roles=frozenset({Role.FACILITATOR}))


def reachable(person: Person) -> Person:
    SafeContact.objects.create(
        person=person, phone="+32470000000", address="Straat 1", changed_at=BEFORE, changed_by_id=person.pk
    )
    return person


def stands_by(parent: Person, staff: Person, number: int = 1) -> None:
    place = Place.objects.create(family_id=parent.pk, staff=staff, number=number, ceiling=3)
    Around.objects.create(
        person=parent,
        staff=staff,
        place=place,
        is_contact_person=True,
        asked_at=BEFORE,
        asked_by_id=staff.pk,
        agreed_at=BEFORE,
    )


def start(staff: Person, **more) -> Round:
    return rounds.start_round(
        kind=OccasionKind.TRIAL, day=date(2026, 11, 3), title="Zitting", by=by(staff), now=NOON, **more
    )


def proposals(one: Round) -> dict:
    return queries.proposals_for(list(one.lines.all()), by=one.started_by_id, now=NOON)


def confirm(one: Round, staff: Person, now=NOON) -> Round:
    return rounds.confirm_round(one=one, by=by(staff), now=now)
