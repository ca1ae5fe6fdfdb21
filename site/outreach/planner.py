"""What a wish makes of a notice: it stands in the app or not, and outward it is sent, done by someone, or withheld.

Pure and total: the same needs, notice and moment always give the same plan, whatever they hold. Nothing is read from
settings, clock or database, and nothing is sent. It is asked when something happens and again, in full, at delivery.
It refuses nothing by raising; every 'no' is a verdict with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from people.vocabulary import AroundEvents, Rhythm

from .quiet import Still, first_moment_outside
from .vocabulary import (
    ASKED_FOR,
    BY_HAND,
    CLOSED_LIST,
    CODES,
    FROM_A_PERSON,
    IN_PERSON,
    ONLY_THERE,
    OWN_ANSWERS,
    SENDINGS,
    WHAT_MATTERS,
    Channel,
    Purpose,
    Withheld,
    kind_of,
)
from .wall_clock import zone_named
from .wish import MATTERS, MINE, ONLY_MINE, QUIET, Wish

# Members by value: the type checker takes Django's choices for the pairs they are written as.
IN_APP, EMAIL = Channel("in_app"), Channel("email")
REACH_OUT, LEAVE_ME_BE, EVENTS_ONLY_MINE = (
    AroundEvents(one) for one in ("reach_out", "leave_me_be", "only_contact_person")
)

# How long after something last reached a person everyday news may ring again.
BETWEEN_NEWS: Mapping[Rhythm, timedelta] = {Rhythm("often"): timedelta(days=7), Rhythm("sometimes"): timedelta(days=30)}
# In acute danger: what is quickest, after what the person chose.
QUICKEST = tuple(Channel(one) for one in ("call", "text", "push", "email", "visit"))


@dataclass(frozen=True)
class Needs(Wish):
    """One person’s wish, and what is known of the ways to reach them.

    `rhythm_after` holds again when a pause with a date is over. `reachable`: the ways for which there is an address,
    a number, a device. `reached_at` is when something last reached them: what was tried and failed does not count.
    `away_from` to `away_until` is the next absence of the contact person, half-open; `stand_in` whom the person named.
    """

    rhythm_after: Rhythm = MATTERS
    time_zone: str = "Europe/Brussels"
    reachable: frozenset[Channel] = frozenset()
    is_frozen: bool = False
    reached_at: datetime | None = None
    contact_person: str = ""
    away_from: datetime | None = None
    away_until: datetime | None = None
    stand_in: str = ""

    def rhythm_at(self, moment: datetime) -> Rhythm:
        """The rhythm that holds at a moment: a pause wins while it lasts, and what held before it holds after it."""
        if self.quiet_until is not None:
            if moment < self.quiet_until:
                return QUIET
            if self.rhythm == QUIET:
                return MATTERS if self.rhythm_after == QUIET else Rhythm(self.rhythm_after)
        return Rhythm(self.rhythm)

    def events_at(self, moment: datetime) -> AroundEvents:
        """What holds around events: what was chosen; else who comes by themselves is left in peace."""
        if self.around_events is not None:
            return AroundEvents(self.around_events)
        return LEAVE_ME_BE if self.rhythm_at(moment) == MINE else REACH_OUT

    def is_away(self, moment: datetime) -> bool:
        """Whether the contact person is away at a moment."""
        if self.away_from is None or self.away_until is None:
            return False
        return self.away_from <= moment < self.away_until


@dataclass(frozen=True)
class Notice:
    """What happened. `by` is who it comes from; empty: the portal itself, or whoever of the staff fits.

    `is_read` and `is_of_use` say whether the person still needs to hear of it; `failed` are the ways that failed for
    good; `way` is the only one that is asked about, where it is settled already (someone wants to call now);
    `way_was_asked`: the parent asked for just this way;
    `override_until` is the end of the hour that two of the team opened in acute danger.
    """

    purpose: Purpose
    by: str = ""
    is_read: bool = False
    is_of_use: bool = True
    failed: frozenset[Channel] = frozenset()
    way: Channel | None = None
    way_was_asked: bool = False
    override_until: datetime | None = None


@dataclass(frozen=True)
class Send:
    """Send by this channel, not before `at`. `because` says why it is put off, when it is."""

    channel: Channel
    at: datetime
    because: Withheld | None = None


@dataclass(frozen=True)
class Task:
    """Somebody does this, not before `at`. `by` is who; empty: someone of the team. By a way of sending: they write a
    word, which the portal tells of by that way.
    """

    channel: Channel
    at: datetime
    by: str = ""
    because: Withheld | None = None


@dataclass(frozen=True)
class Withhold:
    """Not at all. `channel` is the way it would have taken, where one was found."""

    reason: Withheld
    channel: Channel | None = None


Verdict = Send | Task | Withhold


@dataclass(frozen=True)
class Plan:
    """`in_app` stands there and never rings; `outward` is what reaches for the person."""

    in_app: Send | Withhold
    outward: Verdict


def plan(needs: Needs, notice: Notice, now: datetime) -> Plan:
    """Both halves of what becomes of a notice."""
    return Plan(_in_app(needs, notice, now), _outward(needs, notice, now))


def _in_app(needs: Needs, notice: Notice, now: datetime) -> Send | Withhold:
    """No wish for less contact keeps it back, as it never rings; 'nobody but my contact person' does."""
    if notice.purpose in CODES:
        return Withhold(Withheld.NEVER_IN_APP, IN_APP)
    if notice.purpose in FROM_A_PERSON and _is_stranger(needs, notice, now):
        return Withhold(Withheld.ONLY_CONTACT_PERSON, IN_APP)
    return Send(IN_APP, now)


def _outward(needs: Needs, notice: Notice, now: datetime) -> Verdict:
    wanted = _wanted(needs, notice)
    would_take = notice.way or next(iter(_fitting(wanted, notice)), None)
    reason = _not_possible(needs, notice)
    if reason:
        return Withhold(reason, would_take)
    if notice.purpose in CLOSED_LIST:
        return _by_mail_at_once(needs, notice, now)
    if notice.purpose == Purpose.URGENT:
        return _at_once(needs, notice, now)
    reason = _not_wanted(needs, notice, now)
    if reason:
        return Withhold(reason, would_take)
    way = _first_way(wanted, needs, notice)
    if isinstance(way, Withhold):
        return way
    if needs.rhythm_at(now) == MATTERS and notice.purpose not in WHAT_MATTERS:
        return Withhold(Withheld.ONLY_WHAT_MATTERS, way)
    if notice.is_read and not by_a_person(
        way, notice.purpose
    ):  # there is nothing left to point at; a talk is another matter
        return Withhold(Withheld.ALREADY_READ, way)
    return _in_time(way, needs, notice, now)


def _by_mail_at_once(needs: Needs, notice: Notice, now: datetime) -> Send | Withhold:
    """The closed list knows one way and no hours. A mailbox that refused for good is not asked again."""
    if EMAIL in notice.failed:
        return Withhold(Withheld.EVERY_WAY_FAILED, EMAIL)
    return Send(EMAIL, now) if EMAIL in needs.reachable else Withhold(Withheld.NO_ADDRESS, EMAIL)


def _not_possible(needs: Needs, notice: Notice) -> Withheld | None:
    """What no wish can change: who reads it, and whether it still says anything."""
    if notice.purpose in ONLY_THERE:
        return Withheld.ONLY_IN_APP
    if needs.is_frozen and notice.purpose not in (Purpose.ACCESS_CHANGED, Purpose.URGENT):
        return Withheld.ACCOUNT_FROZEN
    if notice.is_read and notice.purpose not in IN_PERSON:
        return Withheld.ALREADY_READ
    if not notice.is_of_use:
        return Withheld.NO_LONGER_OF_USE
    return None


def _not_wanted(needs: Needs, notice: Notice, now: datetime) -> Withheld | None:
    """What the wish says of this purpose from this sender, whatever the way and the hour."""
    rhythm, purpose = needs.rhythm_at(now), notice.purpose
    asked = purpose in ASKED_FOR
    if rhythm == QUIET and not asked:
        return Withheld.QUIET_UNTIL if needs.quiet_until else Withheld.QUIET
    if purpose == Purpose.OCCASION:
        return _not_wanted_around_events(needs, notice, now)
    if rhythm == MINE and not asked:
        return Withheld.COMES_BY_THEMSELVES
    if purpose in FROM_A_PERSON and _is_stranger(needs, notice, now):
        return Withheld.ONLY_CONTACT_PERSON
    return None


def _not_wanted_around_events(needs: Needs, notice: Notice, now: datetime) -> Withheld | None:
    if needs.events_at(now) == LEAVE_ME_BE:
        return Withheld.LEAVE_ME_BE
    return Withheld.ONLY_CONTACT_PERSON if _is_stranger(needs, notice, now) else None


def _only_contact_person(needs: Needs, notice: Notice, now: datetime) -> bool:
    """Whether nobody else may do this."""
    around_events = notice.purpose == Purpose.OCCASION and needs.events_at(now) == EVENTS_ONLY_MINE
    return needs.who_may == ONLY_MINE or around_events


def _is_stranger(needs: Needs, notice: Notice, now: datetime) -> bool:
    """Whether it comes from somebody, or can only come from somebody, whom the wish keeps out.

    While the contact person is away, whom the parent named stands in; without a name there is nobody.
    """
    if not _only_contact_person(needs, notice, now):
        return False
    if not notice.by:
        return not needs.contact_person
    if notice.by == needs.contact_person:
        return False
    return not (needs.is_away(now) and notice.by == needs.stand_in)


def _wanted(needs: Needs, notice: Notice) -> tuple[Channel, ...]:
    """The parent's own order for this kind; what she asked for just now in one way is a wish for that way."""
    if notice.way_was_asked and notice.way:
        return (notice.way,)
    return needs.ways_for(kind_of(notice.purpose))


def _fitting(wanted: tuple[Channel, ...], notice: Notice) -> list[Channel]:
    """Of the ways that were chosen, those by which this can be told: nobody visits to say that there is news."""
    return [way for way in wanted if way in SENDINGS or (way in BY_HAND and notice.purpose in IN_PERSON)]


def by_a_person(way: Channel, purpose: Purpose) -> bool:
    """Whether somebody of the team does it. Who asked for contact is not sent word that she did: somebody writes."""
    return way in BY_HAND or purpose == Purpose.CONTACT_ASKED


def _first_way(wanted: tuple[Channel, ...], needs: Needs, notice: Notice) -> Channel | Withhold:
    """The first way in the parent's order that exists for her, fits the purpose, and has not failed."""
    fitting = _fitting(wanted, notice)
    if not fitting:
        return Withhold(Withheld.NO_WAY_CHOSEN, notice.way)
    if notice.way:
        fitting = [way for way in fitting if way == notice.way]
        if not fitting:
            return Withhold(Withheld.NOT_THIS_WAY, notice.way)
    open_to_her = [way for way in fitting if way in needs.reachable]
    if not open_to_her:
        return Withhold(Withheld.NO_ADDRESS, fitting[0])
    left = [way for way in open_to_her if way not in notice.failed]
    return left[0] if left else Withhold(Withheld.EVERY_WAY_FAILED, open_to_her[-1])


def _in_time(way: Channel, needs: Needs, notice: Notice, now: datetime) -> Verdict:
    """The first moment that keeps the rhythm, lies outside what is quiet, and has somebody who may."""
    at, because = now, None
    again_from = _again_from(needs, notice, now)
    if again_from and again_from > at:
        at, because = again_from, Withheld.NOT_THIS_OFTEN
    at, because = _outside_of_absence(way, needs, notice, at, because)
    outside = first_moment_outside(needs.quiet_hours, needs.hard_days, zone_named(needs.time_zone), at)
    if outside is None:
        return Withhold(Withheld.QUIET_HOURS, way)  # everything is quiet: there is no moment to wait for
    if outside.at != at:
        at, because = (
            outside.at,
            because or (Withheld.HARD_DAY if outside.why == Still.HARD_DAY else Withheld.QUIET_HOURS),
        )
        at, because = _outside_of_absence(way, needs, notice, at, because)
    return (
        Task(way, at, _who(needs, notice, at), because) if by_a_person(way, notice.purpose) else Send(way, at, because)
    )


def _again_from(needs: Needs, notice: Notice, now: datetime) -> datetime | None:
    """From when the rhythm allows everyday news again; answers and events keep no rhythm."""
    wait = BETWEEN_NEWS.get(needs.rhythm_at(now))
    if not wait or not needs.reached_at or notice.purpose in OWN_ANSWERS or notice.purpose == Purpose.OCCASION:
        return None
    return needs.reached_at + wait


def _outside_of_absence(way, needs: Needs, notice: Notice, at: datetime, because: Withheld | None):
    """What only the contact person may do in person waits until they are back, unless somebody was named."""
    waits_for_her = by_a_person(way, notice.purpose) and _only_contact_person(needs, notice, at)
    if waits_for_her and needs.is_away(at) and not needs.stand_in:
        return needs.away_until, because or Withheld.CONTACT_PERSON_AWAY
    return at, because


def _who(needs: Needs, notice: Notice, at: datetime) -> str:
    """Who does it: who it comes from, else the contact person; who stands in while they are away, else the team."""
    who = notice.by or needs.contact_person
    if who and who == needs.contact_person and needs.is_away(at):
        return needs.stand_in
    return who


def _at_once(needs: Needs, notice: Notice, now: datetime) -> Verdict:
    """In acute danger: no wish and no hours, but only within the hour that two of the team opened."""
    if notice.override_until is None or now >= notice.override_until:
        return Withhold(Withheld.OVERRIDE_OVER)
    chosen = [way for way in needs.channels if way in QUICKEST]
    for way in dict.fromkeys((*chosen, *QUICKEST)):
        if way in needs.reachable and way not in notice.failed:
            return Send(way, now) if way in SENDINGS else Task(way, now, notice.by)
    return Withhold(Withheld.EVERY_WAY_FAILED if notice.failed else Withheld.NO_ADDRESS)
