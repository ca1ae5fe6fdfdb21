"""Hours on the wall clock become moments; the two odd days of the year follow the sentences of the promise."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from outreach.quiet import Still, first_moment_outside
from outreach.wall_clock import moment_of, zone_named
from outreach.wish import QuietHours

BRUSSELS = zone_named("Europe/Brussels")
GAP, DOUBLE = date(2026, 3, 29), date(2026, 10, 25)  # 02:00→03:00, and 03:00→02:00

pytestmark = pytest.mark.db_free


def utc(*parts) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "wall", "last", "moment"),
    [
        (date(2026, 1, 5), time(8), False, utc(2026, 1, 5, 7)),
        (GAP, time(1, 59), False, utc(2026, 3, 29, 0, 59)),
        (GAP, time(2), False, utc(2026, 3, 29, 1)),
        (GAP, time(2, 15), False, utc(2026, 3, 29, 1)),
        (GAP, time(2, 59, 59), True, utc(2026, 3, 29, 1)),
        (GAP, time(3), False, utc(2026, 3, 29, 1)),
        (DOUBLE, time(2, 30), False, utc(2026, 10, 25, 0, 30)),
        (DOUBLE, time(2, 30), True, utc(2026, 10, 25, 1, 30)),
        (DOUBLE, time(3), False, utc(2026, 10, 25, 2)),
    ],
)
def test_an_edge_lies_where_the_promise_says(day, wall, last, moment):
    assert moment_of(day, wall, BRUSSELS, last=last) == moment


@pytest.mark.parametrize(
    ("start", "end", "at", "outside"),
    [
        (time(20), time(8), utc(2026, 11, 3, 18, 59), None),
        (time(20), time(8), utc(2026, 11, 3, 19), utc(2026, 11, 4, 7)),
        (time(20), time(8), utc(2026, 11, 4, 6, 59), utc(2026, 11, 4, 7)),
        (time(20), time(8), utc(2026, 11, 4, 7), None),  # at the end contact is allowed again
        (time(22), time(2, 30), utc(2026, 10, 25, 0, 45), utc(2026, 10, 25, 1, 30)),  # the second half past two
        (time(2, 10), time(2, 40), utc(2026, 10, 25, 0, 50), utc(2026, 10, 25, 1, 40)),
        (time(22), time(2, 30), utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1)),
        (time(2, 15), time(2, 45), utc(2026, 3, 29, 1), None),  # hours that do not exist that night
        (time(2, 15), time(2, 45), utc(2026, 3, 29, 0, 59), None),
    ],
)
def test_the_first_moment_outside_a_span(start, end, at, outside):
    found = first_moment_outside([QuietHours(start, end)], (), BRUSSELS, at)
    assert (found.at, found.why) == (outside or at, Still.QUIET_HOURS if outside else None)


def test_a_day_that_a_zone_skipped_has_an_edge_too():
    apia = zone_named("Pacific/Apia")
    assert moment_of(date(2011, 12, 30), time(8), apia) == utc(2011, 12, 30, 10)


def test_an_unknown_zone_reads_as_the_portals_own():
    assert zone_named("Not/A_Zone") == BRUSSELS == zone_named("../etc/passwd")


def test_every_minute_of_the_odd_nights_agrees_with_the_clock_or_protects():
    hours = [QuietHours(time(1, 30), time(2, 30))]
    for day in (GAP, DOUBLE):
        moment = utc(day.year, day.month, day.day) - timedelta(hours=6)
        for _ in range(20 * 60):
            moment += timedelta(minutes=1)
            shown = moment.astimezone(BRUSSELS).time()
            if time(1, 30) <= shown < time(2, 30):
                assert first_moment_outside(hours, (), BRUSSELS, moment).at > moment
