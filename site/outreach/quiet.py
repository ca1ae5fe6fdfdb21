"""When nothing may ring: quiet hours and hard days as spans of moments, and the first moment outside all of them. Pure.

All spans are half-open: at their end contact is allowed again. Days and hours are those of the person's own zone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .wall_clock import DAY, moment_of
from .wish import HardDay, QuietHours

MIDNIGHT = time(0)
# Hours return every week and hard days are few; who found no moment in this time will find none.
DAYS_AHEAD = 40


class Still(StrEnum):
    QUIET_HOURS = "quiet_hours"
    HARD_DAY = "hard_day"


@dataclass(frozen=True)
class Outside:
    """The first moment outside, and what first stood in the way, when something did."""

    at: datetime
    why: Still | None = None


def first_moment_outside(
    hours: Iterable[QuietHours], days: Iterable[HardDay], zone: ZoneInfo, moment: datetime
) -> Outside | None:
    """The moment itself when nothing is quiet then; else the first one after it; None when there is none in sight."""
    hours, days = tuple(hours), tuple(one for one in days if not one.reach_out)
    if not hours and not days:
        return Outside(moment)
    start, why = moment, None
    while moment - start <= timedelta(days=DAYS_AHEAD):
        inside = next(
            ((end, kind) for begin, end, kind in _spans(hours, days, zone, moment) if begin <= moment < end), None
        )
        if inside is None:
            return Outside(moment if why is None else moment.astimezone(UTC), why)
        moment, why = inside[0], why or inside[1]
    return None


def next_quiet(
    hours: Iterable[QuietHours], days: Iterable[HardDay], zone: ZoneInfo, moment: datetime
) -> datetime | None:
    """When the next quiet span begins, of those of today and tomorrow; None when none does."""
    spans = _spans(tuple(hours), tuple(one for one in days if not one.reach_out), zone, moment)
    return min((begin for begin, _, _ in spans if begin > moment), default=None)


def _spans(hours, days, zone: ZoneInfo, around: datetime) -> Iterator[tuple[datetime, datetime, Still]]:
    """The spans that may hold a moment: those of its own day and of the days beside it."""
    today = around.astimezone(zone).date()
    for day in (today - 2 * DAY, today - DAY, today, today + DAY):
        for one in hours:
            if one.weekday is None or one.weekday == day.weekday():
                until = day + DAY if one.end <= one.start else day
                begin, end = moment_of(day, one.start, zone), moment_of(until, one.end, zone, last=True)
                if begin < end:
                    yield begin, end, Still.QUIET_HOURS
        if any(one.is_on(day) for one in days):
            yield moment_of(day, MIDNIGHT, zone), moment_of(day + DAY, MIDNIGHT, zone, last=True), Still.HARD_DAY
