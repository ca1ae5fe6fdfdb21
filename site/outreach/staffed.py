"""When someone of a team reads next: an honest promise, from the hours the team set.

`read_next` is pure; `next_reading` asks the hours of one team. Hours are on the wall clock of the portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from .wall_clock import moment_of, zone_named

DAYS_AHEAD = 14
HALF_HOUR = timedelta(minutes=30)

Hours = tuple[int, time, time]


@dataclass(frozen=True)
class Reading:
    """`open_now`: someone still reads in this opening, until `until`. `about`: when, or None when no hours are set."""

    open_now: bool
    about: datetime | None
    until: datetime | None = None


def next_reading(team_id: str, now: datetime) -> Reading:
    """When someone of this team reads next. Looks at most 14 days ahead."""
    from .queries import hours_of

    return read_next(hours_of(team_id), now, zone_named(settings.TIME_ZONE))


def read_next(hours: Iterable[Hours], now: datetime, zone: ZoneInfo) -> Reading:
    """While open: about the next half hour at least 30 minutes away. Too late for that: the next opening."""
    for opens, closes in _openings(list(hours), now, zone):
        if opens > now:
            return Reading(False, opens.astimezone(zone))
        about = _next_half_hour(now + HALF_HOUR, zone)
        if about <= closes:
            return Reading(True, about, closes.astimezone(zone))
    return Reading(False, None)


def _openings(hours: list[Hours], now: datetime, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Openings that have not ended, in order; those that touch are one."""
    today = now.astimezone(zone).date()
    found: list[tuple[datetime, datetime]] = []
    for day in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)):
        for _, opens, closes in sorted(one for one in hours if one[0] == day.weekday()):
            start, end = moment_of(day, opens, zone, last=True), moment_of(day, closes, zone)
            if end <= now or start >= end:
                continue
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
    return found


def _next_half_hour(moment: datetime, zone: ZoneInfo) -> datetime:
    """The half hour of the zone's clock at or after a moment."""
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    since = (moment + offset - datetime(2000, 1, 1, tzinfo=UTC)) % HALF_HOUR
    return (moment + (HALF_HOUR - since if since else timedelta())).astimezone(zone)
