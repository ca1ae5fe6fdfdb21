"""Absence of staff: written by themselves, told to the parents whose contact person it is, with a stand-in if named."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.facts import Facts, facts_of
from outreach.models import Around, Leave, Notice, StandIn
from outreach.policies import keep_leave, keep_profile, name_stand_in
from outreach.stand_ins import stand_in_ids
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.policy import Refused
from people.queries import hold_person, parents_without_account
from people.vocabulary import Reason

from .delivering import judge_again
from .notices import mark_seen
from .reaching import reach_many

SUBJECT, OFF = "outreach.leave", "outreach.leave_off"
TOLD_AHEAD = timedelta(days=14)
# Until then a slip can be taken back before anybody is told; what begins sooner waits for no job.
AT_ONCE = timedelta(days=1)


def write_leave(*, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime | None = None) -> Leave:
    """One's own. Why is nobody's business; two that touch the same day are one too many."""
    now = now or timezone.now()
    keep_profile.require(by)
    if starts_at >= ends_at or ends_at <= now:
        raise ValueError("An absence has a length, and its end lies ahead.")
    with transaction.atomic():
        hold_person(by.person_id)
        if Leave.objects.filter(staff_id=by.person_id, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise Refused(Reason.ALREADY_DONE)
        leave = Leave.objects.create(staff_id=by.person_id, starts_at=starts_at, ends_at=ends_at)
        _record("written", leave, by, now)
        if starts_at <= now + AT_ONCE:
            _tell(leave, now)
    return leave


def take_back(*, leave: Leave, by: Actor, now: datetime | None = None) -> None:
    """It does not happen after all; whom parents named for it falls away with it. Who was told is told this too, in
    one notice: that of the absence itself says nothing any more.
    """
    now = now or timezone.now()
    keep_leave.require(by, leave)
    with transaction.atomic():
        held = Leave.objects.select_for_update().filter(pk=leave.pk).first()
        if held is None:
            return
        before, told = facts_of(_parents_of(held.staff_id), now), _told_of(held, now)
        _record("taken_back", held, by, now)
        held.delete()
        for person_id in told:
            mark_seen(person_id=person_id, subject=SUBJECT, subject_id=leave.pk, now=now)
        _say(told, OFF, leave, now)
        _what_waited(before, now)


def shorten(*, leave: Leave, ends_at: datetime, by: Actor, now: datetime | None = None) -> bool:
    """Back sooner, but not yet: who was told reads the new day. False when that is no sooner."""
    now = now or timezone.now()
    keep_leave.require(by, leave)
    with transaction.atomic():
        held = Leave.objects.select_for_update().filter(pk=leave.pk).first()
        if held is None or not max(now, held.starts_at) < ends_at < held.ends_at:
            return False
        before = facts_of(_parents_of(held.staff_id), now)
        held.ends_at = ends_at
        held.save(update_fields=["ends_at"])
        _record("shortened", held, by, now)
        _say(_told_of(held, now), SUBJECT, held, now)
        _what_waited(before, now)
    return True


def _parents_of(staff_id: str) -> list[str]:
    """Whose contact person this is now."""
    theirs = Around.objects.filter(
        staff_id=staff_id, is_contact_person=True, agreed_at__isnull=False, ended_at__isnull=True
    )
    return list(theirs.values_list("person_id", flat=True))


def _told_of(leave: Leave, now: datetime) -> list[str]:
    """Who has read, or could read, of an absence that is not over, and still has this contact person."""
    if leave.told_at is None or leave.ends_at <= now:
        return []
    told = Notice.objects.filter(subject=SUBJECT, subject_id=leave.pk, person_id__in=_parents_of(leave.staff_id))
    return sorted(set(told.values_list("person_id", flat=True)))


def _say(person_ids: list[str], subject: str, leave: Leave, now: datetime) -> None:
    reach_many(
        person_ids=person_ids,
        purpose=Purpose.AROUND_ME,
        by_id=leave.staff_id,
        subject=subject,
        subject_id=leave.pk,
        now=now,
    )


def _what_waited(before: dict[str, Facts], now: datetime) -> None:
    """What was put off until she is back need not wait that long."""
    for person_id, facts in before.items():
        judge_again(person_id, before=facts, now=now)


def tell_parents(now: datetime) -> int:
    """Two weeks ahead, each parent whose contact person it is, in her way, once; returns how many were told.

    Who has no account could not read it: that one hears it from the contact person.
    """
    soon = Leave.objects.filter(told_at__isnull=True, starts_at__lte=now + TOLD_AHEAD, ends_at__gt=now)
    return sum(_tell(leave, now) for leave in soon.order_by("starts_at", "pk"))


def _tell(leave: Leave, now: datetime) -> int:
    with transaction.atomic():
        if not Leave.objects.filter(pk=leave.pk, told_at__isnull=True).update(told_at=now):
            return 0  # another worker was quicker
        known_to_the_team_alone = parents_without_account().values_list("pk", flat=True)
        people = sorted(set(_parents_of(leave.staff_id)) - set(known_to_the_team_alone))
        _say(people, SUBJECT, leave, now)
        return len(people)


def stand_in(*, leave: Leave, staff_id: str, by: Actor, now: datetime | None = None) -> None:
    """Whom she names for this absence of her contact person; an empty id: nobody instead."""
    now = now or timezone.now()
    name_stand_in.require(by, leave)
    with transaction.atomic():
        hold_person(by.person_id)
        before = facts_of([by.person_id], now)
        if staff_id and staff_id not in stand_in_ids(by.person_id, leave):
            raise Refused(Reason.NOT_OPEN_NOW)
        if staff_id:
            StandIn.objects.update_or_create(
                person_id=by.person_id, leave=leave, defaults={"staff_id": staff_id, "named_at": now}
            )
        else:
            StandIn.objects.filter(person_id=by.person_id, leave=leave).delete()
        record(
            "outreach.stand_in.named",
            by_id=by.person_id,
            subject="people.person",
            subject_id=by.person_id,
            now=now,
            staff=staff_id,
        )
        _what_waited(before, now)


def _record(what: str, leave: Leave, by: Actor, now: datetime) -> None:
    record(
        f"outreach.leave.{what}",
        by_id=by.person_id,
        subject="people.person",
        subject_id=leave.staff_id,
        now=now,
        leave=leave.pk,
    )
