"""Writes down contacts with a parent, and the tries: short, factual, for the next one and for herself to read."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.record import record
from outreach.facts import facts_of
from outreach.models import ContactMoment
from outreach.models import Task as Row
from outreach.models.contact_moment import REACHED, How, MomentOutcome
from outreach.policies import correct_moment, write_moment
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.models import Person
from people.policy import Refused
from people.vocabulary import Reason

from .tasks import as_it_stands, withdraw_unwanted

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
            done = _do_tasks(moment, by)
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


def correct(
    *,
    moment: ContactMoment,
    how: How,
    outcome: MomentOutcome,
    note: str,
    parent_may_read: bool,
    at: datetime,
    by: Actor,
    now: datetime | None = None,
) -> bool:
    """Puts right what its author wrote; false when nothing changed.

    What stood there was wrong, so it is not kept: the history knows who corrected which parts and when, never the
    text, and whoever reads the moment reads that it was corrected. Tasks and rhythm follow what is right.
    """
    now = now or timezone.now()
    if at > now:
        raise ValueError("What is written down has happened.")
    right = {"how": how, "outcome": outcome, "note": note.strip(), "parent_may_read": parent_may_read, "at": at}
    with transaction.atomic():
        held = ContactMoment.objects.select_for_update().get(pk=moment.pk)
        correct_moment.require(by, held)
        changed = sorted(name for name, value in right.items() if getattr(held, name) != value)
        if not changed:
            return False
        for name in changed:
            setattr(held, name, right[name])
        held.corrected_at = now
        held.save(update_fields=[*changed, "corrected_at"])
        if {"how", "outcome"} & set(changed):
            _undo_tasks(held, now)
            _do_tasks(held, by)
        record(
            "outreach.moment.corrected",
            by_id=by.person_id,
            subject="people.person",
            subject_id=held.person_id,
            now=now,
            moment=held.pk,
            parts=" ".join(changed),
        )
    return True


def _undo_tasks(moment: ContactMoment, now: datetime) -> None:
    """What this moment did and, put right, does not answer waits again, as far as the wish still allows it."""
    done = Row.objects.select_for_update().filter(
        person_id=moment.person_id, done_by_id=moment.by_id, done_at=moment.written_at
    )
    again = [row.pk for row in done if not _answers(moment, row)]
    if not again:
        return
    Row.objects.filter(pk__in=again).update(done_at=None, done_by_id="")
    if moment.task_id in again:
        moment.task = None
        moment.save(update_fields=["task"])
    withdraw_unwanted(person=facts_of([moment.person_id], now)[moment.person_id], now=now)


def _written_before(person: Person, key: str, by: Actor) -> ContactMoment:
    earlier = ContactMoment.objects.filter(by_id=by.person_id, client_key=key).first()
    if earlier is None:
        raise Refused(Reason.CHANGED_MEANWHILE)
    if earlier.person_id != person.pk:
        raise Refused(Reason.KEY_REUSED)
    return earlier


def _do_tasks(moment: ContactMoment, by: Actor) -> int:
    """Marks as done what this moment answers, and ties it to the first; returns how many."""
    rows = Row.objects.select_for_update().filter(
        person_id=moment.person_id, done_at__isnull=True, withdrawn_at__isnull=True
    )
    rows = rows.filter(created_at__lte=moment.written_at)  # what came later is not answered by what was before
    mine = [row for row in as_it_stands(rows.order_by("due_at", "pk")) if row.for_id in ("", by.person_id)]
    mine = [row for row in mine if _answers(moment, row)]
    for row in mine:
        # The moment of the writing, also when it is put right later: so it is known what this moment did.
        row.done_at, row.done_by_id = moment.written_at, by.person_id
        row.save(update_fields=["done_at", "done_by_id"])
    if mine and moment.task is None:
        moment.task = mine[0]
        moment.save(update_fields=["task"])
    return len(mine)


def _answers(moment: ContactMoment, task: Row) -> bool:
    if moment.outcome in REACHED:
        return moment.channel == task.channel or task.purpose in ANSWERED_BY_TALK
    return moment.outcome == MomentOutcome.LEFT and moment.how == How.LETTER and moment.channel == task.channel
