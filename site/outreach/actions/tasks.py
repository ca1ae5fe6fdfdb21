"""Tasks of the team towards a parent: made by the planner's word, withdrawn when the wish no longer allows them."""

from datetime import datetime

from django.db.models import OuterRef, QuerySet

from outreach import subjects
from outreach.attempts import attempted
from outreach.facts import Facts
from outreach.models import Delivery
from outreach.models import Task as Row
from outreach.planner import Notice as Happening
from outreach.planner import Send, Task, Verdict, Withhold, plan
from outreach.vocabulary import Channel, Outcome, Purpose, Withheld
from people.queries import is_locked_out


def make_task(*, delivery: Delivery, task: Task, now: datetime) -> Row:
    """The task that a delivery became."""
    return Row.objects.create(
        person_id=delivery.person_id,
        delivery=delivery,
        channel=task.channel,
        purpose=delivery.purpose,
        for_id=task.by,
        due_at=task.at,
        created_at=now,
    )


def judge_task(task: Row, person: Facts, now: datetime) -> Verdict:
    """What the planner says of an open task now: shown when it is a task for this moment, later, or not at all."""
    override = task.delivery.override if task.delivery else None
    happening = Happening(
        Purpose(task.purpose),
        by=task.for_id,
        way=Channel(task.channel),
        way_was_asked=_was_asked(task),
        override_until=override.ends_at if override else None,
    )
    return plan(person.needs, happening, now).outward


def _was_asked(task: Row) -> bool:
    """Whether the parent asked for just this way, so that it is a wish of its own."""
    delivery = task.delivery
    return task.purpose == Purpose.CONTACT_ASKED and delivery is not None and delivery.way == task.channel


def as_it_stands(rows: QuerySet[Row]) -> list[Row]:
    """These tasks, each with who does it now: what a colleague would do whose account is locked is for the team, as
    long as that lasts.
    """
    tasks = list(rows.annotate(is_left=is_locked_out(OuterRef("for_id"))))
    for task in tasks:
        task.for_id = "" if task.is_left else task.for_id
    return tasks


def withdraw_unwanted(*, person: Facts, now: datetime) -> int:
    """Takes back the open tasks that this person's wish no longer allows; returns how many."""
    rows = Row.objects.filter(person_id=person.person_id, done_at__isnull=True, withdrawn_at__isnull=True)
    gone = 0
    for task in rows.select_related("delivery__override"):
        verdict = judge_task(task, person, now)
        if isinstance(verdict, Withhold) and _withdraw(task, verdict, now):
            gone += 1
    return gone


def take_up_again(*, person: Facts, before: Facts, now: datetime) -> int:
    """What the wish took back and, changed again, allows is a task once more; returns how many.

    As with what waits in the outbox: only what the wish kept back until this very moment, and only while it is still
    of use. A pause that ends by itself brings nothing back.
    """
    rows = Row.objects.filter(
        person_id=person.person_id, withdrawn_at__isnull=False, delivery__due_at__isnull=False
    ).exclude(reason=Withheld.NO_LONGER_OF_USE)
    again = 0
    for task in rows.select_related("delivery__override"):
        if not isinstance(judge_task(task, before, now), Withhold):
            Delivery.objects.filter(pk=task.delivery_id).update(due_at=None)  # left behind by a pause that ended
            continue
        verdict, about = judge_task(task, person, now), task.delivery
        if not isinstance(verdict, Withhold) and subjects.is_of_use(about.subject, task.person_id, about.subject_id):
            again += _reopen(task, verdict, now)
    return again


def _reopen(task: Row, verdict: Send | Task, now: datetime) -> bool:
    if not Row.objects.filter(pk=task.pk, withdrawn_at__isnull=False).update(withdrawn_at=None, reason=""):
        return False
    outcome = Outcome.PUT_OFF if verdict.at > now else Outcome.HANDED
    attempted(task.delivery, outcome, verdict, now).save(force_insert=True)
    return True


def _withdraw(task: Row, verdict: Withhold, now: datetime) -> bool:
    still_open = Row.objects.filter(pk=task.pk, done_at__isnull=True, withdrawn_at__isnull=True)
    if not still_open.update(withdrawn_at=now, reason=verdict.reason):
        return False
    if task.delivery:
        attempted(task.delivery, Outcome.WITHHELD, verdict, now).save(force_insert=True)
    return True
