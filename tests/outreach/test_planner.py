"""The planner: what each wish makes of each purpose, and properties that hold for any wish at any moment."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.planner import BETWEEN_NEWS, Needs, Notice, Plan, Send, Task, Verdict, Withhold, plan
from outreach.quiet import first_moment_outside
from outreach.vocabulary import (
    BY_HAND,
    CLOSED_LIST,
    CODES,
    IN_PERSON,
    KIND_OF,
    ONLY_THERE,
    OWN_ANSWERS,
    WHAT_MATTERS,
    Channel,
    Kind,
    Purpose,
    Withheld,
)
from outreach.wall_clock import zone_named
from outreach.wish import HardDay, QuietHours
from people.vocabulary import AroundEvents, Rhythm, WhoMay

pytestmark = pytest.mark.db_free

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)
NIGHT = (QuietHours(time(20), time(8)),)
NIGHT_AND_DAY = (QuietHours(time(8), time(8)),)
BASE = {"channels": (Channel.EMAIL,), "reachable": frozenset({Channel.EMAIL})}

NOW, WEEK, LATER = "now", "at the end of the week", "at the end of the month"
MATRIX = {  # rhythm → purpose → what becomes of the e-mail when something reached the person an hour ago
    Rhythm.OFTEN: {"new_in_space": WEEK, "announcement": WEEK, "staff_word": WEEK, "decision": NOW, "admitted": NOW},
    Rhythm.SOMETIMES: {
        "new_in_space": LATER,
        "announcement": LATER,
        "staff_word": LATER,
        "decision": NOW,
        "admitted": NOW,
    },
    Rhythm.MATTERS: {
        "new_in_space": Withheld.ONLY_WHAT_MATTERS,
        "announcement": NOW,
        "staff_word": Withheld.ONLY_WHAT_MATTERS,
        "decision": NOW,
        "admitted": NOW,
    },
    Rhythm.MINE: dict.fromkeys(
        ("new_in_space", "announcement", "staff_word", "decision", "admitted"), Withheld.COMES_BY_THEMSELVES
    ),
    Rhythm.QUIET: dict.fromkeys(("new_in_space", "announcement", "staff_word", "decision", "admitted"), Withheld.QUIET),
}
CASES = [(rhythm, purpose, what) for rhythm, row in MATRIX.items() for purpose, what in row.items()]


def outward(needs: Needs, purpose: Purpose, now: datetime = NOON, **notice) -> Verdict:
    return plan(needs, Notice(purpose, **notice), now).outward


@pytest.mark.parametrize(("rhythm", "purpose", "what"), CASES)
def test_each_rhythm_and_purpose(rhythm, purpose, what):
    reached = NOON - timedelta(hours=1)
    verdict = outward(Needs(rhythm=rhythm, reached_at=reached, **BASE), Purpose(purpose))
    if isinstance(what, Withheld):
        assert verdict == Withhold(what, Channel.EMAIL)
    else:
        at = {NOW: NOON, WEEK: reached + timedelta(days=7), LATER: reached + timedelta(days=30)}[what]
        assert verdict == Send(Channel.EMAIL, at, None if what == NOW else Withheld.NOT_THIS_OFTEN)


@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("purpose", sorted(CLOSED_LIST))
def test_the_closed_list_passes_at_once(rhythm, purpose):
    needs = Needs(rhythm=rhythm, reachable=BASE["reachable"], quiet_hours=NIGHT_AND_DAY, reached_at=NOON)
    assert outward(needs, Purpose(purpose)) == Send(Channel.EMAIL, NOON)


@pytest.mark.parametrize("purpose", Purpose)
def test_only_a_code_is_kept_out_of_the_app(purpose):
    verdict = plan(Needs(rhythm=Rhythm.QUIET), Notice(purpose), NOON).in_app
    expected = Withhold(Withheld.NEVER_IN_APP, Channel.IN_APP) if purpose in CODES else Send(Channel.IN_APP, NOON)
    assert verdict == expected


@pytest.mark.parametrize(
    ("needs", "notice", "reason"),
    [
        (BASE | {"channels": ()}, {}, Withheld.NO_WAY_CHOSEN),
        (BASE | {"reachable": frozenset()}, {}, Withheld.NO_ADDRESS),
        (BASE, {"failed": frozenset({Channel.EMAIL})}, Withheld.EVERY_WAY_FAILED),
        (BASE | {"is_frozen": True}, {}, Withheld.ACCOUNT_FROZEN),
        (BASE, {"is_read": True}, Withheld.ALREADY_READ),
        (BASE, {"is_of_use": False}, Withheld.NO_LONGER_OF_USE),
        (BASE | {"quiet_hours": NIGHT_AND_DAY}, {}, Withheld.QUIET_HOURS),
    ],
)
def test_what_stands_in_the_way_has_its_own_reason(needs, notice, reason):
    assert outward(Needs(rhythm=Rhythm.OFTEN, **needs), Purpose.DECISION, **notice).reason == reason


def test_someone_who_chose_nothing_gets_nothing_that_rings():
    assert outward(Needs(reachable=frozenset(Channel)), Purpose.DECISION) == Withhold(Withheld.NO_WAY_CHOSEN)


def test_a_task_of_the_team_never_rings():
    assert outward(Needs(rhythm=Rhythm.OFTEN, **BASE), Purpose.TEAM_TASK).reason == Withheld.ONLY_IN_APP


def test_frozen_people_still_hear_that_their_access_changed_but_get_no_code():
    frozen = Needs(reachable=BASE["reachable"], is_frozen=True)
    assert outward(frozen, Purpose.ACCESS_CHANGED) == Send(Channel.EMAIL, NOON)
    assert outward(frozen, Purpose.RECOVERY_CODE).reason == Withheld.ACCOUNT_FROZEN


def test_a_pause_wins_until_its_end_and_what_held_before_holds_after():
    until = NOON + timedelta(days=2)
    needs = Needs(rhythm=Rhythm.QUIET, rhythm_after=Rhythm.OFTEN, quiet_until=until, **BASE)
    assert outward(needs, Purpose.DECISION, until - timedelta(seconds=1)).reason == Withheld.QUIET_UNTIL
    assert outward(needs, Purpose.NEW_IN_SPACE, until) == Send(Channel.EMAIL, until)


def test_news_that_falls_due_in_quiet_hours_waits_for_their_end():
    reached = datetime(2026, 10, 28, 21, 0, tzinfo=UTC)  # 22:00 in Brussels, so a week later it is night again
    needs = Needs(rhythm=Rhythm.OFTEN, quiet_hours=NIGHT, reached_at=reached, **BASE)
    at = datetime(2026, 11, 5, 7, 0, tzinfo=UTC)
    assert outward(needs, Purpose.NEW_IN_SPACE) == Send(Channel.EMAIL, at, Withheld.NOT_THIS_OFTEN)


def test_every_reason_has_its_sentence():
    assert all(reason.sentence for reason in Withheld)


# --- properties ---------------------------------------------------------------------------------------

ZONES = ["Europe/Brussels", "Africa/Casablanca", "Asia/Istanbul", "America/St_Johns", "Australia/Lord_Howe", "nowhere"]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))


@st.composite
def wishes(draw) -> Needs:
    now = draw(MOMENTS)
    ahead = draw(st.one_of(st.none(), st.integers(-100_000, 100_000)))
    ago = draw(st.one_of(st.none(), st.integers(0, 60 * 24 * 60)))
    leave = draw(st.one_of(st.none(), st.tuples(st.integers(-5000, 5000), st.integers(1, 30_000))))
    away_from = None if leave is None else now + timedelta(minutes=leave[0])
    hours = st.builds(QuietHours, TIMES, TIMES, st.sampled_from([None, *range(7)]))
    days = st.builds(HardDay, st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.booleans(), st.booleans())
    ways = st.lists(st.sampled_from(OUTWARD), unique=True).map(tuple)
    return Needs(
        rhythm=draw(st.sampled_from(list(Rhythm))),
        rhythm_after=draw(st.sampled_from(list(Rhythm))),
        quiet_until=None if ahead is None else now + timedelta(minutes=ahead),
        channels=draw(ways),
        channels_by_kind=draw(st.dictionaries(st.sampled_from(list(Kind)), ways)),
        quiet_hours=tuple(draw(st.lists(hours, max_size=3))),
        who_may=draw(st.sampled_from(list(WhoMay))),
        around_events=draw(st.one_of(st.none(), st.sampled_from(list(AroundEvents)))),
        hard_days=tuple(draw(st.lists(days, max_size=3))),
        time_zone=draw(st.sampled_from(ZONES)),
        reachable=frozenset(draw(st.lists(st.sampled_from(OUTWARD)))),
        is_frozen=draw(st.booleans()),
        reached_at=None if ago is None else now - timedelta(minutes=ago),
        contact_person=draw(st.sampled_from(["", "sofie"])),
        away_from=away_from,
        away_until=None if away_from is None else away_from + timedelta(minutes=leave[1]),
        stand_in=draw(st.sampled_from(["", "youssef"])),
    )


OUTWARD = [way for way in Channel if way != Channel.IN_APP]
NOTICES = st.builds(
    Notice,
    st.sampled_from(list(Purpose)),
    by=st.sampled_from(["", "sofie", "youssef", "marc"]),
    is_read=st.booleans(),
    is_of_use=st.booleans(),
    failed=st.frozensets(st.sampled_from(OUTWARD)),
    override_until=st.one_of(st.none(), MOMENTS),
)


@settings(max_examples=3000, deadline=None)
@given(wishes(), NOTICES, MOMENTS)
def test_it_is_total_and_deterministic_and_keeps_the_wish(needs, notice, now):
    both = plan(needs, notice, now)
    assert both == plan(needs, notice, now)
    assert isinstance(both, Plan)
    assert not isinstance(both.in_app, Task)
    verdict = both.outward
    if not isinstance(verdict, Withhold):
        assert verdict.at >= now
        keeps_the_wish(needs, notice, now, verdict)


def keeps_the_wish(needs: Needs, notice: Notice, asked: datetime, verdict: Send | Task) -> None:
    """The independent judge: written again from the promise, not from the planner."""
    purpose, at, way = notice.purpose, verdict.at, verdict.channel
    assert purpose not in ONLY_THERE
    assert way in needs.reachable
    assert way not in notice.failed or purpose in CLOSED_LIST
    by_a_person = way in BY_HAND or purpose == Purpose.CONTACT_ASKED  # nobody is sent word of what she asked herself
    assert isinstance(verdict, Task) == by_a_person
    if purpose in CLOSED_LIST:
        assert (way, at) == (Channel.EMAIL, asked)
        return
    if purpose == Purpose.URGENT:
        assert notice.override_until is not None
        assert asked == at < notice.override_until
        return
    assert way in needs.ways_for(KIND_OF.get(purpose, Kind.ANSWERS))
    assert way not in BY_HAND or purpose in IN_PERSON
    keeps_the_rhythm(needs, purpose, asked, at)
    keeps_the_hours(needs, at)
    keeps_strangers_out(needs, notice, asked, verdict)


def keeps_the_rhythm(needs: Needs, purpose: Purpose, asked: datetime, at: datetime) -> None:
    rhythm = needs.rhythm_at(asked)
    if purpose in (Purpose.CONTACT_ASKED, Purpose.WORD_ASKED):
        return
    assert rhythm != Rhythm.QUIET
    if purpose == Purpose.OCCASION:
        assert needs.around_events != AroundEvents.LEAVE_ME_BE
        assert rhythm != Rhythm.MINE or needs.around_events is not None
        return
    assert rhythm != Rhythm.MINE
    assert rhythm != Rhythm.MATTERS or purpose in WHAT_MATTERS
    if needs.reached_at and purpose not in OWN_ANSWERS and rhythm in BETWEEN_NEWS:
        assert at - needs.reached_at >= timedelta(days={Rhythm.OFTEN: 7, Rhythm.SOMETIMES: 30}[rhythm])


def keeps_the_hours(needs: Needs, at: datetime) -> None:
    here = at.astimezone(zone_named(needs.time_zone))
    shown, today, yesterday = here.time(), here.weekday(), (here.weekday() - 1) % 7
    for one in needs.quiet_hours:
        is_today, was_yesterday = one.weekday in (None, today), one.weekday in (None, yesterday)
        if one.start < one.end:
            assert not (is_today and one.start <= shown < one.end)
        else:
            assert not (is_today and shown >= one.start)
            assert not (was_yesterday and shown < one.end)
    assert not any(one.is_on(here.date()) and not one.reach_out for one in needs.hard_days)


def keeps_strangers_out(needs: Needs, notice: Notice, asked: datetime, verdict: Send | Task) -> None:
    events = notice.purpose == Purpose.OCCASION and needs.around_events == AroundEvents.ONLY_CONTACT_PERSON
    person_to_person = notice.purpose in (*IN_PERSON, Purpose.STAFF_WORD)
    if not person_to_person or not (events or needs.who_may == WhoMay.CONTACT_PERSON):
        return
    allowed = {needs.contact_person} - {""}
    if needs.is_away(asked) or needs.is_away(verdict.at):
        allowed |= {needs.stand_in} - {""}
    assert allowed
    assert not notice.by or notice.by in allowed
    assert not isinstance(verdict, Task) or verdict.by in allowed


@settings(max_examples=800, deadline=None)
@given(wishes(), NOTICES, MOMENTS)
def test_what_is_due_is_done_when_it_is_asked_again_then(needs, notice, now):
    verdict = plan(needs, notice, now).outward
    if not isinstance(verdict, Withhold):
        again = plan(needs, notice, verdict.at).outward
        assert isinstance(again, Withhold) or again.at == verdict.at


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.builds(QuietHours, TIMES, TIMES, st.sampled_from([None, *range(7)])), max_size=4),
    st.sampled_from(ZONES),
    MOMENTS,
)
def test_the_first_moment_outside_is_outside(hours, zone, now):
    outside = first_moment_outside(hours, (), zone_named(zone), now)
    if outside is not None:
        assert outside.at >= now
        assert first_moment_outside(hours, (), zone_named(zone), outside.at).at == outside.at
