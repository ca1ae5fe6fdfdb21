"""What a wish makes of a notice: for each channel send at a moment, or withhold with the reason.

Pure and total: the same needs, notice and moment always give the same verdicts, whatever they hold. Nothing is read
from settings, clock or database, and nothing is sent. It is asked when something happens and again, in full, at
delivery. It refuses nothing by raising; every 'no' is a verdict with its reason.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from people.vocabulary import Rhythm

from .vocabulary import CLOSED_LIST, CODES, FOR_STAFF, OWN_ANSWERS, WHAT_MATTERS, Channel, Purpose, Withheld
from .wall_clock import first_moment_outside, zone_named

# Members by value: the type checker takes Django's choices for the pairs they are written as.
IN_APP, EMAIL = Channel("in_app"), Channel("email")
QUIET, MINE, MATTERS = Rhythm("quiet"), Rhythm("mine"), Rhythm("matters")

# How long after the last e-mail that reached a person everyday news may ring again.
BETWEEN_NEWS = {Rhythm.OFTEN: timedelta(days=7), Rhythm.SOMETIMES: timedelta(days=30)}


@dataclass(frozen=True)
class Needs:
    """One person’s wish, and what is known of the ways to reach them; by default, of somebody who chose nothing.

    `rhythm_after` holds again when a pause with a date is over. `reached_at` is when something last rang for them:
    what was tried and failed does not count.
    """

    rhythm: Rhythm = MATTERS
    quiet_until: datetime | None = None
    rhythm_after: Rhythm = MATTERS
    by_email: bool = False
    quiet_from: time | None = None
    quiet_to: time | None = None
    time_zone: str = "Europe/Brussels"
    has_address: bool = False
    is_frozen: bool = False
    reached_at: datetime | None = None

    def rhythm_at(self, moment: datetime) -> Rhythm:
        """The rhythm that holds at a moment: a pause wins while it lasts, and what held before it holds after it."""
        if self.quiet_until is not None:
            if moment < self.quiet_until:
                return QUIET
            if self.rhythm == QUIET:
                return MATTERS if self.rhythm_after == QUIET else Rhythm(self.rhythm_after)
        return Rhythm(self.rhythm)


@dataclass(frozen=True)
class Notice:
    """What happened. `is_read` and `is_of_use` say whether the person still needs to hear of it."""

    purpose: Purpose
    is_read: bool = False
    is_of_use: bool = True


@dataclass(frozen=True)
class Send:
    """Send by this channel, not before `at`. `because` says why it is put off, when it is."""

    channel: Channel
    at: datetime
    because: Withheld | None = None


@dataclass(frozen=True)
class Withhold:
    """Do not send by this channel."""

    channel: Channel
    reason: Withheld


Verdict = Send | Withhold


def plan(needs: Needs, notice: Notice, now: datetime) -> tuple[Verdict, ...]:
    """One verdict for each channel, in the order of `Channel`."""
    return (_in_app(notice, now), _email(needs, notice, now))


def verdict_for(channel: Channel, needs: Needs, notice: Notice, now: datetime) -> Verdict:
    """The verdict of `plan` for one channel."""
    return next(verdict for verdict in plan(needs, notice, now) if verdict.channel == channel)


def _in_app(notice: Notice, now: datetime) -> Verdict:
    """Stands there and never rings, so no wish keeps it back; only a code has no place there."""
    if notice.purpose in CODES:
        return Withhold(IN_APP, Withheld.NEVER_IN_APP)
    return Send(IN_APP, now)


def _email(needs: Needs, notice: Notice, now: datetime) -> Verdict:
    reason = _not_possible(needs, notice) or (
        None if notice.purpose in CLOSED_LIST else _not_wanted(needs, notice, now)
    )
    if reason:
        return Withhold(EMAIL, reason)
    if notice.purpose in CLOSED_LIST:
        return Send(EMAIL, now)
    return _in_time(needs, notice, now)


def _not_possible(needs: Needs, notice: Notice) -> Withheld | None:
    """What no wish can change: who reads it, where it would go, and whether it still says anything."""
    if notice.purpose in FOR_STAFF:
        return Withheld.ONLY_IN_APP
    if needs.is_frozen and notice.purpose != Purpose.ACCESS_CHANGED:
        return Withheld.ACCOUNT_FROZEN
    if notice.is_read:
        return Withheld.ALREADY_READ
    if not notice.is_of_use:
        return Withheld.NO_LONGER_OF_USE
    if not needs.has_address:
        return Withheld.NO_ADDRESS
    return None


def _not_wanted(needs: Needs, notice: Notice, now: datetime) -> Withheld | None:
    rhythm = needs.rhythm_at(now)
    if rhythm == QUIET:
        return Withheld.QUIET_UNTIL if needs.quiet_until else Withheld.QUIET
    if rhythm == MINE:
        return Withheld.COMES_BY_THEMSELVES
    if not needs.by_email:
        return Withheld.NO_EMAIL_CHOSEN
    if rhythm == MATTERS and notice.purpose not in WHAT_MATTERS:
        return Withheld.ONLY_WHAT_MATTERS
    if needs.quiet_from is not None and needs.quiet_from == needs.quiet_to:
        return Withheld.QUIET_HOURS  # the whole day is quiet: there is no moment to wait for
    return None


def _in_time(needs: Needs, notice: Notice, now: datetime) -> Send:
    """The first moment that keeps the rhythm and lies outside the quiet hours."""
    at, because = now, None
    wait = BETWEEN_NEWS.get(needs.rhythm_at(now))
    if wait and notice.purpose not in OWN_ANSWERS and needs.reached_at and needs.reached_at + wait > at:
        at, because = needs.reached_at + wait, Withheld.NOT_THIS_OFTEN
    if needs.quiet_from is not None and needs.quiet_to is not None:
        outside = first_moment_outside(needs.quiet_from, needs.quiet_to, zone_named(needs.time_zone), at)
        if outside != at:
            at, because = outside.astimezone(UTC), because or Withheld.QUIET_HOURS
    return Send(EMAIL, at, because)
