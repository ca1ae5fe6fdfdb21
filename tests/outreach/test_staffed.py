"""When someone reads next: an honest promise."""

from datetime import UTC, datetime, time, timedelta

import pytest

from audit.models import AuditEntry
from outreach.actions.staffed_hours import set_hours
from outreach.models import StaffedHours
from outreach.staffed import Reading, next_reading, read_next
from outreach.wall_clock import zone_named
from people.actor import PORTAL

ZONE = zone_named("Europe/Brussels")
TUESDAY_AND_THURSDAY = [(1, time(9), time(12)), (1, time(17), time(19, 30)), (3, time(9), time(12))]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)  # the 3rd is a Tuesday


@pytest.mark.db_free
@pytest.mark.parametrize(
    ("now", "reading"),
    [
        (at(3, 9), Reading(True, at(3, 9, 30), at(3, 12))),
        (at(3, 9, 1), Reading(True, at(3, 10), at(3, 12))),
        (at(3, 11, 30), Reading(True, at(3, 12), at(3, 12))),
        (at(3, 11, 31), Reading(False, at(3, 17))),  # too late for this opening: the next one
        (at(3, 12), Reading(False, at(3, 17))),
        (at(3, 20), Reading(False, at(5, 9))),
        (at(5, 13), Reading(False, at(10, 9))),
    ],
)
def test_what_is_promised(now, reading):
    assert read_next(TUESDAY_AND_THURSDAY, now, ZONE) == reading


@pytest.mark.db_free
def test_without_hours_nothing_is_promised():
    assert read_next([], at(3, 9), ZONE) == Reading(False, None)


@pytest.mark.db_free
def test_openings_that_touch_are_one():
    assert read_next([(1, time(9), time(10)), (1, time(10), time(12))], at(3, 9, 45), ZONE).until == at(3, 12)


@pytest.mark.db_free
def test_a_promise_is_kept_by_someone_at_every_minute_of_two_weeks():
    now = at(1, 0).astimezone(UTC)
    for _ in range(14 * 24 * 4):
        now += timedelta(minutes=15)
        about = read_next(TUESDAY_AND_THURSDAY, now, ZONE).about
        shown = about.astimezone(ZONE)
        assert about > now
        assert any(
            shown.weekday() == day and opens <= shown.time() <= closes for day, opens, closes in TUESDAY_AND_THURSDAY
        )


@pytest.mark.django_db
def test_hours_are_replaced_recorded_once_and_read_in_one_statement(django_assert_num_queries):
    set_hours(team_id="team", hours=[(3, time(9), time(12))], by=PORTAL)
    set_hours(team_id="team", hours=TUESDAY_AND_THURSDAY, by=PORTAL)
    set_hours(team_id="team", hours=TUESDAY_AND_THURSDAY, by=PORTAL)
    assert StaffedHours.objects.count() == 3
    assert AuditEntry.objects.filter(kind="outreach.hours.changed").count() == 2
    with django_assert_num_queries(1):
        assert next_reading("team", at(3, 9)).open_now
    assert next_reading("another", at(3, 9)).about is None


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [[(7, time(9), time(12))], [(1, time(12), time(9))], [(1, time(9), time(9))]])
def test_hours_that_cannot_be_are_refused(hours):
    with pytest.raises(ValueError, match="weekday"):
        set_hours(team_id="team", hours=hours, by=PORTAL)
