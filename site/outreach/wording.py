"""How the portal reads a wish, as facts that a template puts into whole sentences. Pure: it asks nothing."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils.translation import pgettext

from people.vocabulary import Rhythm

from .planner import EVENTS_ONLY_MINE, LEAVE_ME_BE, Needs
from .vocabulary import SENDINGS, WEEKDAYS, Channel, Kind
from .wall_clock import zone_named
from .week import Span, Week, week_of
from .wish import ONLY_MINE

TELL_THEIR_KIND = frozenset({Channel.EMAIL, Channel.TEXT})
IN_PERSON_WAYS = frozenset({Channel.CALL, Channel.VISIT})


@dataclass(frozen=True)
class DayHours:
    """What is quiet on one weekday that differs; `whole`: from morning to night. Without hours: nothing is."""

    weekday: int
    start: time | None = None
    end: time | None = None
    whole: bool = False

    @property
    def name(self) -> str:
        return str(WEEKDAYS[self.weekday][1])


@dataclass(frozen=True)
class HowWeRead:
    """`rings` is the first sentence: quiet, quiet_until, mine, app_only, often, sometimes, matters. The rest fills in.

    `ways`: the ways that may ring, in order, as far as they exist. `usual` are the quiet hours of most days, only while
    something rings at all; `days` the weekdays that differ, or are quiet as a whole. `until` is on the person's own
    clock. `names_kind`: a mail or a text message also says what kind it is.
    `calls`: somebody may call or come by, for some kind of message. `missing`: ways that were chosen and cannot be
    taken yet. `by`: 'team', 'contact_person', or 'nobody' when only a contact person may and there is none. `events`:
    reach_out, leave_me_be, only_contact_person; empty while quiet.
    """

    rings: str
    until: datetime | None = None
    usual: tuple[Span, ...] = ()
    ways: tuple[Channel, ...] = ()
    missing: tuple[Channel, ...] = ()
    days: tuple[DayHours, ...] = field(default_factory=tuple)
    by: str = "team"
    events: str = ""
    calls: bool = False
    names_kind: bool = False

    @property
    def way_names(self) -> str:
        return _listed(self.ways)

    @property
    def differing(self) -> tuple[DayHours, ...]:
        """The weekdays that have hours of their own."""
        return tuple(one for one in self.days if not one.whole)

    @property
    def missing_names(self) -> str:
        return _listed(self.missing)


def _listed(ways: tuple[Channel, ...]) -> str:
    return str(pgettext("list.separator", ", ")).join(str(way.label) for way in ways)


def how_we_read(needs: Needs, now: datetime) -> HowWeRead:
    """What will happen from now on with this wish."""
    rhythm, by, missing = needs.rhythm_at(now), _by(needs), _missing(needs)
    if rhythm == Rhythm.QUIET:
        if needs.quiet_until:
            until = needs.quiet_until.astimezone(zone_named(needs.time_zone))
            return HowWeRead("quiet_until", until=until, by=by)
        return HowWeRead("quiet", by=by)
    ways = tuple(way for way in needs.channels if way in needs.reachable)
    events = _events(needs, now)
    if rhythm == Rhythm.MINE and events == LEAVE_ME_BE:
        return HowWeRead("mine", by=by, events=events)
    rings = "mine" if rhythm == Rhythm.MINE else rhythm.value if set(ways) & set(SENDINGS) else "app_only"
    week = week_of(needs.quiet_hours if ways else ())
    return HowWeRead(
        rings,
        usual=week.usual,
        ways=ways,
        missing=missing,
        days=_days(week),
        by=by,
        events=events.value,
        names_kind=not needs.discreet and bool(set(ways) & TELL_THEIR_KIND),
        calls=any(way in IN_PERSON_WAYS & needs.reachable for kind in Kind for way in needs.ways_for(kind)),
    )


def _missing(needs: Needs) -> tuple[Channel, ...]:
    """Also what was chosen for one kind of message only: it has no other way to fall back on."""
    own = (way for ways in needs.channels_by_kind.values() for way in ways)
    return tuple(way for way in dict.fromkeys((*needs.channels, *own)) if way not in needs.reachable)


def _by(needs: Needs) -> str:
    if needs.who_may != ONLY_MINE:
        return "team"
    return "contact_person" if needs.contact_person else "nobody"


def _events(needs: Needs, now: datetime):
    events = needs.events_at(now)
    return LEAVE_ME_BE if events == EVENTS_ONLY_MINE and not needs.contact_person else events


def _days(week: Week) -> tuple[DayHours, ...]:
    own = [DayHours(day, *span) for day, spans in week.other.items() for span in spans or ((),)]
    whole = [DayHours(day, whole=True) for day in week.whole]
    return tuple(sorted((*own, *whole), key=lambda one: (one.weekday, not one.whole, one.start or time.min)))
