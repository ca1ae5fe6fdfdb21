"""When someone of a team reads next: an honest promise, from the duty shifts and the hours the team set.

In a week that the team planned with duty shifts only these count, and only those in which somebody is there; in any
other week the standing hours hold. `read_next` is pure; `next_reading` asks what one team set. Hours are on the wall
clock of the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from .wall_clock import moment_of, monday_of, zone_named

DAYS_AHEAD = 14
HALF_HOUR = timedelta(minutes=30)

Hours = tuple[int, time, time]


@dataclass(frozen=True)
class Reading:
    """`open_now`: someone still reads in this opening, until `until`. `about`: when, or None when no hours are set."""

    open_now: bool
    about: datetime | None
    until: datetime | None = None


@dataclass(frozen=True)
class Duty:
    """A duty shift. It plans its week, whether or not it `holds`."""

    starts_at: datetime
    ends_at: datetime
    holds: bool


def next_reading(team_id: str, now: datetime) -> Reading:
    """When someone of this team reads next. Looks at most 14 days ahead."""
    from .promised_hours import promised

    hours, shifts = promised(team_id, now)
    return read_next(hours, now, zone_named(settings.TIME_ZONE), shifts)


def read_next(hours: Iterable[Hours], now: datetime, zone: ZoneInfo, shifts: Iterable[Duty] = ()) -> Reading:
    """While open: about the next half hour at least 30 minutes away. Too late for that: the next opening."""
    for opens, closes in _openings(list(hours), list(shifts), now, zone):
        if opens > now:
            return Reading(False, opens.astimezone(zone))
        about = _next_half_hour(now + HALF_HOUR, zone)
        if about <= closes:
            return Reading(True, about, closes.astimezone(zone))
    return Reading(False, None)


def _openings(hours: list[Hours], shifts: list[Duty], now: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Openings that have not ended, in order; those that touch are one."""
    today = now.astimezone(zone).date()
    planned = {monday_of(one.starts_at.astimezone(zone).date()) for one in shifts}
    found: list[tuple[datetime, datetime]] = []
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)):
        for start, end in _of_shifts(shifts, day, zone) if monday_of(day) in planned else _of_hours(hours, day, zone):
            if end <= now or start >= end:
                continue
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
    return found


def _of_hours(hours: list[Hours], day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    standing = sorted(one for one in hours if one[0] == day.weekday())
    return [(moment_of(day, opens, zone, last=True), moment_of(day, closes, zone)) for _, opens, closes in standing]


def _of_shifts(shifts: list[Duty], day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    on_the_day = (one for one in shifts if one.holds and one.starts_at.astimezone(zone).date() == day)
    return sorted((one.starts_at, one.ends_at) for one in on_the_day)


def _next_half_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """The half hour of the zone's clock at or after a moment."""
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    since = (moment + offset - datetime(2000, 1, 1, tzinfo=UTC)) % HALF_HOUR
    return (moment + (HALF_HOUR - since if since else timedelta())).astimezone(zone)
