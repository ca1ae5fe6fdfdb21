"""Duty shifts: who of a team is on duty when. Set ahead, taken back, never inside somebody's days away.

A shift that days away fall into later stays where it is and does not count: the team sees the hole and can fill it.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.record import record
from outreach.duty import SUBJECT, in_the_way
from outreach.duty_policies import Post, set_duty
from outreach.models import DutyShift
from outreach.vocabulary import Purpose
from people.actor import Actor
from people.policy import Refused
from people.queries import hold_person

from .reaching import reach


def put_on_duty(
    *, team_id: str, staff_id: str, starts_at: datetime, ends_at: datetime, by: Actor, now: datetime | None = None
) -> DutyShift:
    """Refuses hours that lie in days away, and hours in which this person is on duty for this team already."""
    now = now or timezone.now()
    set_duty.require(by, Post(team_id, staff_id))
    if starts_at >= ends_at or ends_at <= now:
        raise ValueError("A shift has a length, and its end lies ahead.")
    with transaction.atomic():
        hold_person(staff_id)
        if reason := in_the_way(team_id, staff_id, starts_at, ends_at):
            raise Refused(reason)
        shift = DutyShift.objects.create(team_id=team_id, staff_id=staff_id, starts_at=starts_at, ends_at=ends_at)
        _record("set", shift, by, now)
        _tell(shift, by, now)
    return shift


def take_shift_back(*, shift: DutyShift, by: Actor, now: datetime | None = None) -> None:
    """The hours are free again. Twice is once; what is over stays until its term."""
    now = now or timezone.now()
    set_duty.require(by, shift)
    with transaction.atomic():
        row = DutyShift.objects.select_for_update().filter(pk=shift.pk, ends_at__gt=now).first()
        if row is not None:
            _record("taken_back", row, by, now)
            _tell(row, by, now)
            row.delete()


def leave_team(*, team_id: str, staff_id: str, now: datetime) -> None:
    """Who leaves a team is on duty for it no more. The caller's policy has decided, and the caller records."""
    DutyShift.objects.filter(team_id=team_id, staff_id=staff_id, ends_at__gt=now).delete()


def _tell(shift: DutyShift, by: Actor, now: datetime) -> None:
    """Whoever is put on duty by a colleague finds it in the app; what one did oneself one knows."""
    if shift.staff_id != by.person_id:
        reach(
            person_id=shift.staff_id,
            purpose=Purpose.ON_DUTY,
            by_id=by.person_id,
            subject=SUBJECT,
            subject_id=shift.team_id,
            now=now,
        )


def _record(what: str, shift: DutyShift, by: Actor, now: datetime) -> None:
    record(
        f"outreach.duty.{what}",
        by_id=by.person_id,
        subject="outreach.team",
        subject_id=shift.team_id,
        now=now,
        staff=shift.staff_id,
        shift=shift.pk,
    )
