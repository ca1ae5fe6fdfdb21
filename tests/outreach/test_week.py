"""A week of quiet hours read and written back: nothing is lost, and a day that differs differs alone."""

from datetime import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.week import DAYS, hours_of, week_of
from outreach.wish import QuietHours

pytestmark = pytest.mark.db_free

NIGHT, LATE, NAP = (time(20), time(8)), (time(22), time(9)), (time(13), time(15))
DAY_LONG = (time(0), time(0))
A_SPAN = st.sampled_from([NIGHT, LATE, NAP, DAY_LONG])
SOME_HOURS = st.lists(
    st.builds(lambda span, day: QuietHours(*span, day), A_SPAN, st.none() | st.integers(0, 6)), max_size=12
)


def told(hours) -> set:
    """What is quiet, weekday by weekday."""
    days = lambda one: DAYS if one.weekday is None else [one.weekday]  # noqa: E731
    return {(day, one.start, one.end) for one in hours for day in days(one)}


@given(SOME_HOURS)
def test_reading_and_writing_back_changes_nothing(hours):
    hours = [one for one in hours if one.weekday is not None or (one.start, one.end) != DAY_LONG]
    back = hours_of(week_of(hours))
    assert told(back) == told(hours)
    assert hours_of(week_of(back)) == back
    assert len(back) == len(set(back))


def test_one_day_of_its_own_leaves_the_others_as_they_were():
    week = week_of([QuietHours(*NIGHT)]).with_other(3, LATE)
    assert told(hours_of(week)) == {(day, *NIGHT) for day in DAYS if day != 3} | {(3, *LATE)}
    read = week_of(hours_of(week))
    assert (read.usual, dict(read.other)) == ((NIGHT,), {3: (LATE,)})
    assert hours_of(read.without_other(3)) == (QuietHours(*NIGHT),)


def test_other_usual_hours_leave_the_day_of_its_own_and_the_whole_days():
    week = week_of([QuietHours(*NIGHT)]).with_other(3, LATE).with_whole(6)
    read = week_of(hours_of(week_of(hours_of(week)).with_usual(NAP)))
    assert (read.usual, dict(read.other), read.whole) == ((NAP,), {3: (LATE,)}, {6})
    open_week = week_of(hours_of(read.with_usual()))
    assert (open_week.usual, dict(open_week.other)) == ((), {3: (LATE,)})
    assert hours_of(open_week.without_other(3).without_whole(6)) == ()


def test_a_day_may_be_open_while_the_others_are_quiet():
    week = week_of(hours_of(week_of([QuietHours(*NIGHT)]).with_other(5)))
    assert dict(week.other) == {5: ()}
    assert told(hours_of(week)) == {(day, *NIGHT) for day in DAYS if day != 5}


@pytest.mark.parametrize(("first", "second"), list(product([NIGHT, LATE, NAP], repeat=2)))
def test_hours_that_were_added_to_those_of_each_day_are_kept(first, second):
    week = week_of([QuietHours(*first), QuietHours(*second, 2)])
    assert week.usual == (first,)
    assert week.other == ({2: tuple(sorted({first, second}))} if first != second else {})
