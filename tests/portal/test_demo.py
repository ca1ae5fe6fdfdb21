"""The demo town shows a word of the team and an alarm that waits, and keeps to every wish while it does."""

from datetime import UTC, datetime, timedelta

import pytest

from outreach.models import Delivery, Override, StaffWord
from outreach.override_queries import is_over, lines_of
from outreach.own_data import tell
from outreach.queries import notices_of
from outreach.vocabulary import Purpose, State, Withheld
from outreach.word_queries import SUBJECT
from portal.demo import cast, world

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)


@pytest.fixture
def town(db):
    return world.build(now=NOON, with_guidance=False)


def test_a_word_of_the_team_stands_there_for_one_parent_and_does_not_ring(town):
    word = StaffWord.objects.get()
    assert word.person_id == town.person_id("els")
    assert [one.why for one in notices_of(word.person_id) if one.id and not one.is_read].count(
        Purpose.STAFF_WORD.label
    ) == 1
    became = Delivery.objects.filter(subject=SUBJECT).values_list("state", "reason")
    assert list(became) == [(State.WITHHELD, Withheld.ONLY_WHAT_MATTERS)]


def test_an_alarm_waits_for_the_other_one_and_is_over_after_the_hour(town):
    alarm = Override.objects.get()
    waits = {key: [one.waits_for for one in lines_of(town.actor(key), NOON)] for key in ("sofie", "youssef")}
    assert waits == {"sofie": [""], "youssef": ["second"]}
    assert not is_over(alarm, NOON)
    assert is_over(alarm, NOON + timedelta(hours=1))


def test_nothing_of_an_alarm_that_nobody_confirmed_reaches_a_parent(town):
    assert not Delivery.objects.filter(purpose=Purpose.URGENT).exists()
    for parent in cast.PARENTS:
        told = str([part for part in tell(town.person_id(parent.key)) if part.items])
        assert all(alarm.because not in told for alarm in cast.ALARMS)


def test_who_wants_quiet_is_told_nothing_outward(town):
    alive = [State.WAITING, State.LEASED, State.SENT, State.HANDED]
    for quiet in ("karim", "fatma"):
        assert not Delivery.objects.filter(person_id=town.person_id(quiet), state__in=alive).exists()
