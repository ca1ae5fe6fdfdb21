"""Wall-clock hours as moments: zones, hours over midnight, and the two odd days of the year. Pure.

An edge in the hour that does not exist lies at the first moment after it. Of the hour that exists twice, both
readings can be had: what is quiet begins at the first and ends at the second, never shorter than its owner meant.
"""

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


def monday_of(day: date) -> date:
    """The day with which the week of this day begins."""
    return day - timedelta(days=day.weekday())


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
