"""Adds a parent who has no account: known by a name to the team, with the one who added them as contact person."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.models import Around, Place
from outreach.policies import add_newcomer as may_add
from people.actor import Actor
from people.models import Household, Person
from people.policy import Refused
from people.vocabulary import Reason

NAME_LIMIT = 80


def add_newcomer(*, name: str, language: str, by: Actor, now: datetime | None = None) -> Person:
    """With the parent's yes, given by phone or at the door. The wish is set afterwards, with the parent."""
    may_add.require(by)
    now, name = now or timezone.now(), name.strip()[:NAME_LIMIT]
    if not name:
        raise Refused(Reason.EMPTY)
    with transaction.atomic():
        person = Person.objects.create(name=name, language=language, created_at=now)
        ceiling = Household._meta.get_field("professional_cap").default
        place = Place.objects.create(family_id=person.pk, staff_id=by.person_id, number=1, ceiling=ceiling)
        Around.objects.create(
            person=person,
            staff_id=by.person_id,
            place=place,
            is_contact_person=True,
            asked_at=now,
            asked_by_id=by.person_id,
            agreed_at=now,
        )
        record("outreach.newcomer.added", by_id=by.person_id, subject="people.person", subject_id=person.pk, now=now)
    return person
