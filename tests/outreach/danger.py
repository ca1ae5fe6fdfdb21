"""Acute danger in tests: who is hired, and who asks to go past the wish of a parent."""

from outreach.actions.override import ask_override
from outreach.models import Override
from outreach.models.override import Danger
from people.actor import Actor
from people.models import Person, RoleGrant
from people.vocabulary import Role

from .conftest import BEFORE, NOON


def hired(name: str, role: Role) -> Actor:
    person = Person.objects.create(name=name, is_staff=True, created_at=BEFORE)
    RoleGrant.objects.create(person=person, role=role, granted_at=BEFORE, granted_by_id=person.pk)
    return Actor(person_id=person.pk, roles=frozenset({role}))


def ask(parent: Person, by: Actor, now=NOON, **more) -> Override:
    told = {"danger": Danger.TO_SELF, "because": "Ze belde."} | more
    return ask_override(person_id=parent.pk, by=by, now=now, **told)
