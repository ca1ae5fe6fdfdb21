"""Wall-clock hours as moments: zones, hours over midnight, and the two odd days of the year. Pure.

An edge in the hour that does not exist lies at the first moment after it. Of the hour that exists twice, a span
begins at the first reading and ends at the second, so that it is never shorter than its owner meant.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FALL_BACK = "Europe/Brussels"
DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The zone of this name; an unknown name is read as the portal's own, so that reading hours never fails."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(FALL_BACK)


def moment_of(day: date, wall: time, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """The moment at which clocks in the zone show this; of two, the first, or the last when asked for."""
    shown = datetime.combine(day, wall.replace(tzinfo=None, fold=0), tzinfo=zone)
    before, after = shown.replace(fold=0).astimezone(UTC), shown.replace(fold=1).astimezone(UTC)
    if before <= after:
        return after if last else before
    return _end_of_gap(after, before, zone)


def _end_of_gap(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The jump between two moments around it, to the second: clocks before it never showed what was asked for."""
    old = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def spans(start: time, end: time, zone: ZoneInfo, around: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The daily spans from `start` up to `end` near a moment, half-open; an end before its start is the next day's."""
    today = around.astimezone(zone).date()
    for day in (today - 2 * DAY, today - DAY, today, today + DAY, today + 2 * DAY):
        opens = moment_of(day, start, zone)
        closes = moment_of(day + DAY if end <= start else day, end, zone, last=True)
        if opens < closes:
            yield opens, closes


def first_moment_outside(start: time, end: time, zone: ZoneInfo, moment: datetime) -> datetime:
    """The moment itself when it lies outside the span, else the end of it."""
    for opens, closes in spans(start, end, zone, moment):
        if opens <= moment < closes:
            moment = closes
    return moment
