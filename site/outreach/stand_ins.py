"""Absences of a parent's contact person, and who could stand in: only who sees her already, and is there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from people.queries import locked_out, names_of_staff
from people.relations import related

from .candidates import candidate_ids
from .models import Around, Leave, Notice, StandIn

# How long her page goes on saying that an absence does not happen: as long as it was told ahead.
TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Absence:
    """One absence as the parent reads it. `named`: who stands in; without a name, nobody or the team, by her wish."""

    id: str
    starts_at: datetime
    ends_at: datetime
    named: str
    could: list[tuple[str, str]]


def stand_in_ids(person_id: str, leave: Leave) -> set[str]:
    around = Around.objects.filter(person_id=person_id, agreed_at__isnull=False, ended_at__isnull=True)
    known = set(around.values_list("staff_id", flat=True))
    team = related("accompanied by", person_id) & candidate_ids(person_id)
    away = Leave.objects.filter(starts_at__lt=leave.ends_at, ends_at__gt=leave.starts_at)
    there = (known | team) - set(away.values_list("staff_id", flat=True)) - {leave.staff_id}
    return there - locked_out(there)


def next_absence(person_id: str, now: datetime) -> Absence | None:
    """The next, or present, absence of her contact person that she was told of."""
    leave = (
        Leave.objects.filter(
            staff__stands_around__person_id=person_id,
            staff__stands_around__is_contact_person=True,
            staff__stands_around__ended_at__isnull=True,
            told_at__isnull=False,
            ends_at__gt=now,
        )
        .order_by("starts_at", "pk")
        .first()
    )
    if leave is None:
        return None
    could = stand_in_ids(person_id, leave)
    named = StandIn.objects.filter(person_id=person_id, leave=leave).values_list("staff_id", flat=True).first() or ""
    names = names_of_staff(could | {named})
    choices = sorted(((one, names.get(one, "")) for one in could), key=lambda pair: pair[1])
    return Absence(leave.pk, leave.starts_at, leave.ends_at, names.get(named, ""), choices)


def is_there_after_all(person_id: str, now: datetime) -> bool:
    """Whether she was told lately that her contact person is not away after all."""
    mine = Around.objects.filter(person_id=person_id, is_contact_person=True, ended_at__isnull=True)
    told = Notice.objects.filter(person_id=person_id, subject="outreach.leave_off", created_at__gt=now - TOLD_FOR)
    return told.filter(by_id__in=mine.values("staff_id")).exists()
