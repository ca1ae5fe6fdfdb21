"""Writes down contacts with a parent, and the tries: short, factual, for the next one and for herself to read."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from outreach.models import ContactMoment
from outreach.models import Task as Row
from outreach.models.contact_moment import REACHED, How, MomentOutcome
from outreach.policies import write_moment
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason

# A talk answers these whatever the way it came about; anything else is done only by the way it asks for.
ANSWERED_BY_TALK = (Purpose.CONTACT_ASKED, Purpose.CHECK_IN)


def write_down(
    *,
    person: Person,
    how: How,
    outcome: MomentOutcome,
    key: str,
    by: Actor,
    note: str = "",
    parent_may_read: bool = True,
    at: datetime | None = None,
    now: datetime | None = None,
) -> ContactMoment:
    """One contact or try. The same key again is the same moment; for another parent it is refused.

    It does the tasks that it answers. A try that did not reach her leaves them open.
    """
    now = now or timezone.now()
    at = at or now
    write_moment.require(by, person)
    if at > now:
        raise ValueError("What is written down has happened.")
    try:
        with transaction.atomic():
            moment = ContactMoment.objects.create(
                person=person,
                by_id=by.person_id,
                at=at,
                how=how,
                outcome=outcome,
                note=note.strip(),
                parent_may_read=parent_may_read,
                client_key=key,
                written_at=now,
            )
            done = _do_tasks(moment, by, now)
            record(
                "outreach.moment.written",
                by_id=by.person_id,
                subject="people.person",
                subject_id=person.pk,
                now=now,
                moment=moment.pk,
                tasks=done,
            )
    except IntegrityError:
        return _written_before(person, key, by)
    return moment


def _written_before(person: Person, key: str, by: Actor) -> ContactMoment:
    earlier = ContactMoment.objects.filter(by_id=by.person_id, client_key=key).first()
    if earlier is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if earlier.person_id != person.pk:
        raise Refused(Reason.KEY_REUSED)
    return earlier


def _do_tasks(moment: ContactMoment, by: Actor, now: datetime) -> int:
    """Marks as done what this moment answers, and ties it to the first; returns how many."""
    rows = Row.objects.select_for_update().filter(
        person_id=moment.person_id, done_at__isnull=True, withdrawn_at__isnull=True
    )
    mine = [row for row in rows.order_by("due_at", "pk") if row.for_id in ("", by.person_id) and _answers(moment, row)]
    for row in mine:
        row.done_at, row.done_by_id = now, by.person_id
        row.save(update_fields=["done_at", "done_by_id"])
    if mine:
        moment.task = mine[0]
        moment.save(update_fields=["task"])
    return len(mine)


def _answers(moment: ContactMoment, task: Row) -> bool:
    if moment.outcome in REACHED:
        return moment.channel == task.channel or task.purpose in ANSWERED_BY_TALK
    return moment.outcome == MomentOutcome.LEFT and moment.how == How.LETTER and moment.channel == task.channel
