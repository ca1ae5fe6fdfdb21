"""The planner: what each wish makes of each purpose, and properties that hold for any wish at any moment."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.planner import BETWEEN_NEWS, Needs, Notice, Send, Withhold, plan
from outreach.vocabulary import CLOSED_LIST, CODES, WHAT_MATTERS, Channel, Purpose, Withheld
from outreach.wall_clock import first_moment_outside, zone_named
from people.vocabulary import Rhythm

pytestmark = pytest.mark.db_free

NOON = datetime(2026, 11, 3, 11, 0, tzinfo=UTC)
MONTH = timedelta(days=31)
BASE = {"by_email": True, "has_address": True}

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


def by_email(needs: Needs, purpose: Purpose, now: datetime = NOON, **notice):
    return plan(needs, Notice(purpose, **notice), now)[1]


@pytest.mark.parametrize(("rhythm", "purpose", "what"), CASES)
def test_each_rhythm_and_purpose(rhythm, purpose, what):
    reached = NOON - timedelta(hours=1)
    verdict = by_email(Needs(rhythm=rhythm, reached_at=reached, **BASE), Purpose(purpose))
    if isinstance(what, Withheld):
        assert verdict == Withhold(Channel.EMAIL, what)
    else:
        at = {NOW: NOON, WEEK: reached + timedelta(days=7), LATER: reached + timedelta(days=30)}[what]
        assert verdict == Send(Channel.EMAIL, at, None if what == NOW else Withheld.NOT_THIS_OFTEN)


@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("purpose", sorted(CLOSED_LIST))
def test_the_closed_list_passes_at_once(rhythm, purpose):
    needs = Needs(rhythm=rhythm, has_address=True, quiet_from=time(0), quiet_to=time(23), reached_at=NOON)
    assert by_email(needs, Purpose(purpose)) == Send(Channel.EMAIL, NOON)


@pytest.mark.parametrize("purpose", Purpose)
def test_only_a_code_is_kept_out_of_the_app(purpose):
    verdict = plan(Needs(rhythm=Rhythm.QUIET), Notice(purpose), NOON)[0]
    expected = Withhold(Channel.IN_APP, Withheld.NEVER_IN_APP) if purpose in CODES else Send(Channel.IN_APP, NOON)
    assert verdict == expected


@pytest.mark.parametrize(
    ("needs", "notice", "reason"),
    [
        (BASE | {"by_email": False}, {}, Withheld.NO_EMAIL_CHOSEN),
        (BASE | {"has_address": False}, {}, Withheld.NO_ADDRESS),
        (BASE | {"is_frozen": True}, {}, Withheld.ACCOUNT_FROZEN),
        (BASE, {"is_read": True}, Withheld.ALREADY_READ),
        (BASE, {"is_of_use": False}, Withheld.NO_LONGER_OF_USE),
        (BASE | {"quiet_from": time(8), "quiet_to": time(8)}, {}, Withheld.QUIET_HOURS),
    ],
)
def test_what_stands_in_the_way_has_its_own_reason(needs, notice, reason):
    assert by_email(Needs(rhythm=Rhythm.OFTEN, **needs), Purpose.DECISION, **notice).reason == reason


def test_someone_who_chose_nothing_gets_nothing_that_rings():
    assert by_email(Needs(has_address=True), Purpose.DECISION) == Withhold(Channel.EMAIL, Withheld.NO_EMAIL_CHOSEN)


def test_a_task_of_the_team_never_rings():
    assert by_email(Needs(rhythm=Rhythm.OFTEN, **BASE), Purpose.TEAM_TASK).reason == Withheld.ONLY_IN_APP


def test_frozen_people_still_hear_that_their_access_changed_but_get_no_code():
    frozen = Needs(has_address=True, is_frozen=True)
    assert by_email(frozen, Purpose.ACCESS_CHANGED) == Send(Channel.EMAIL, NOON)
    assert by_email(frozen, Purpose.RECOVERY_CODE).reason == Withheld.ACCOUNT_FROZEN


def test_a_pause_wins_until_its_end_and_what_held_before_holds_after():
    until = NOON + timedelta(days=2)
    needs = Needs(rhythm=Rhythm.QUIET, rhythm_after=Rhythm.OFTEN, quiet_until=until, **BASE)
    assert by_email(needs, Purpose.DECISION, until - timedelta(seconds=1)).reason == Withheld.QUIET_UNTIL
    assert by_email(needs, Purpose.NEW_IN_SPACE, until) == Send(Channel.EMAIL, until)


def test_news_that_falls_due_in_quiet_hours_waits_for_their_end():
    reached = datetime(2026, 10, 28, 21, 0, tzinfo=UTC)  # 22:00 in Brussels, so a week later it is night again
    needs = Needs(rhythm=Rhythm.OFTEN, quiet_from=time(20), quiet_to=time(8), reached_at=reached, **BASE)
    at = datetime(2026, 11, 5, 7, 0, tzinfo=UTC)
    assert by_email(needs, Purpose.NEW_IN_SPACE) == Send(Channel.EMAIL, at, Withheld.NOT_THIS_OFTEN)


def test_every_reason_has_its_sentence():
    assert all(reason.sentence for reason in Withheld)


# --- properties ---------------------------------------------------------------------------------------

ZONES = ["Europe/Brussels", "Africa/Casablanca", "Asia/Istanbul", "America/St_Johns", "Australia/Lord_Howe", "nowhere"]
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))


@st.composite
def wishes(draw) -> Needs:
    now = draw(MOMENTS)
    start, end = draw(st.one_of(st.just((None, None)), st.tuples(TIMES, TIMES)))
    ago = draw(st.one_of(st.none(), st.integers(0, 60 * 24 * 60)))
    ahead = draw(st.one_of(st.none(), st.integers(-100_000, 100_000)))
    return Needs(
        rhythm=draw(st.sampled_from(list(Rhythm))),
        rhythm_after=draw(st.sampled_from(list(Rhythm))),
        quiet_until=None if ahead is None else now + timedelta(minutes=ahead),
        by_email=draw(st.booleans()),
        quiet_from=start,
        quiet_to=end,
        time_zone=draw(st.sampled_from(ZONES)),
        has_address=draw(st.booleans()),
        is_frozen=draw(st.booleans()),
        reached_at=None if ago is None else now - timedelta(minutes=ago),
    )


NOTICES = st.builds(Notice, st.sampled_from(list(Purpose)), st.booleans(), st.booleans())


@settings(max_examples=1500, deadline=None)
@given(wishes(), NOTICES, MOMENTS)
def test_it_is_total_and_deterministic_and_keeps_the_wish(needs, notice, now):
    verdicts = plan(needs, notice, now)
    assert verdicts == plan(needs, notice, now)
    assert [verdict.channel for verdict in verdicts] == list(Channel)
    for verdict in verdicts:
        assert isinstance(verdict, Withhold) or verdict.at >= now
    verdict = verdicts[1]
    if isinstance(verdict, Withhold) or notice.purpose in CLOSED_LIST:
        return
    keeps_the_wish(needs, notice.purpose, now, verdict.at)


def keeps_the_wish(needs: Needs, purpose: Purpose, asked: datetime, at: datetime) -> None:
    """The independent judge: written again from the promise, not from the planner."""
    rhythm = needs.rhythm_at(asked)
    assert needs.by_email
    assert needs.has_address
    assert rhythm not in (Rhythm.QUIET, Rhythm.MINE)
    assert rhythm != Rhythm.MATTERS or purpose in WHAT_MATTERS
    if needs.quiet_from is not None:
        shown = at.astimezone(zone_named(needs.time_zone)).time()
        start, end = needs.quiet_from, needs.quiet_to
        assert not (start <= shown < end if start < end else shown >= start or shown < end)
    if needs.reached_at and purpose not in (Purpose.DECISION, Purpose.ADMITTED) and rhythm in BETWEEN_NEWS:
        assert at - needs.reached_at >= timedelta(days={Rhythm.OFTEN: 7, Rhythm.SOMETIMES: 30}[rhythm])


@settings(max_examples=400, deadline=None)
@given(wishes(), NOTICES, MOMENTS)
def test_what_is_due_is_sent_when_it_is_asked_again_then(needs, notice, now):
    verdict = plan(needs, notice, now)[1]
    if isinstance(verdict, Send):
        again = plan(needs, notice, verdict.at)[1]
        assert isinstance(again, Withhold) or again.at == verdict.at


@settings(max_examples=300, deadline=None)
@given(TIMES, TIMES, st.sampled_from(ZONES), MOMENTS)
def test_the_first_moment_outside_is_outside(start, end, zone, now):
    if start != end:
        outside = first_moment_outside(start, end, zone_named(zone), now)
        assert outside >= now
        assert first_moment_outside(start, end, zone_named(zone), outside) == outside
