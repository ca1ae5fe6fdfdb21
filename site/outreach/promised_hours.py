"""What a team promises: its standing hours and its duty shifts, read together because every conversation asks both."""

from datetime import datetime, timedelta

from django.db.models import BooleanField, DateTimeField, IntegerField, TimeField, Value
from django.db.models.functions import Cast

from .duty import AHEAD, shifts
from .models import StaffedHours
from .staffed import Duty, Hours

EIGHT_DAYS = timedelta(days=8)
HOUR = ("weekday", "opens", "closes")
SHIFT = ("starts_at", "ends_at", "holds")


def _nothing(field):
    return Cast(Value(None), field)


def promised(team_id: str, now: datetime) -> tuple[list[Hours], list[Duty]]:
    """In one statement: the hours of the week, and the shifts from the beginning of this week to the end of the last
    one that may be promised.
    """
    near = shifts().filter(team_id=team_id, starts_at__gt=now - EIGHT_DAYS, starts_at__lt=now + AHEAD)
    as_shifts = near.annotate(
        weekday=_nothing(IntegerField()), opens=_nothing(TimeField()), closes=_nothing(TimeField())
    )
    as_hours = StaffedHours.objects.filter(team_id=team_id).annotate(
        starts_at=_nothing(DateTimeField()),
        ends_at=_nothing(DateTimeField()),
        holds=Value(False, output_field=BooleanField()),
    )
    both = (
        as_hours.order_by().values_list(*HOUR, *SHIFT).union(as_shifts.order_by().values_list(*HOUR, *SHIFT), all=True)
    )
    hours, duty = [], []
    for weekday, opens, closes, starts_at, ends_at, holds in both:
        if weekday is None:
            duty.append(Duty(starts_at, ends_at, bool(holds)))
        else:
            hours.append((weekday, opens, closes))
    return sorted(hours), sorted(duty, key=lambda one: one.starts_at)
