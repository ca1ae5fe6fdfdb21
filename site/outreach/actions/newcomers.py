"""Adds a parent who has no account: known by a name to the team, with the one who added them as contact person."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.policies import add_newcomer as may_add
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason
from vault.purpose import id_of_form

from .around import stand_as_contact_person

NAME_LIMIT = 80


def add_newcomer(*, name: str, language: str, by: Actor, key: str = "", now: datetime | None = None) -> Person:
    """With the parent's yes, given by phone or at the door. The wish is set afterwards, with the parent.

    `key` is of the form: sent twice, it is one parent. A double of her would have no wish, and be called. With another
    name it is another parent: the wish of the one is never written down for the other.
    """
    may_add.require(by)
    now, name = now or timezone.now(), name.strip()[:NAME_LIMIT]
    if not name:
        raise Refused(Reason.EMPTY)
    with transaction.atomic():
        person, is_new = Person.objects.get_or_create(
            pk=id_of_form("outreach.newcomer.form", key, by.person_id, name),
            defaults={"name": name, "language": language, "created_at": now},
        )
        if not is_new:
            return person
        stand_as_contact_person(person, staff_id=by.person_id, by_id=by.person_id, now=now)
        record("outreach.newcomer.added", by_id=by.person_id, subject="people.person", subject_id=person.pk, now=now)
    return person
