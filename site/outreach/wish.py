"""A parent's wish as plain values: how much, by what ways, when not, by whom. Pure; tables hold it as JSON.

What a table holds that nobody can read any more (a way that was taken out of the portal) is left aside, never a fault.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256

from people.vocabulary import AroundEvents, Rhythm, WhoMay

from .vocabulary import BY_HAND, SENDINGS, Channel, Kind

QUIET, MINE, MATTERS = Rhythm("quiet"), Rhythm("mine"), Rhythm("matters")
TEAM, ONLY_MINE = WhoMay("team"), WhoMay("contact_person")


@dataclass(frozen=True)
class QuietHours:
    """Hours on the wall clock in which nothing rings: of one weekday (0 is Monday), or of each day.

    Half-open. An end that is not after its start lies on the next day, so two equal edges are a whole day.
    """

    start: time
    end: time
    weekday: int | None = None


@dataclass(frozen=True)
class HardDay:
    """A day that is hard, once or every year. `reach_out`: please do think of me; else: leave me be."""

    day: date
    yearly: bool = True
    reach_out: bool = False
    words: str = ""

    @property
    def key(self) -> str:
        """Which one a page means, wherever it stands in the list by then and whatever is wished of it."""
        return sha256(f"{self.day} {self.yearly} {self.words}".encode()).hexdigest()[:22]

    def is_on(self, day: date) -> bool:
        """Whether it falls on this day. A 29th of February is the 28th in other years."""
        if not self.yearly:
            return day == self.day
        if (self.day.month, self.day.day) == (2, 29) and (day.month, day.day) == (2, 28):
            return not _is_leap(day.year)
        return (day.month, day.day) == (self.day.month, self.day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True)
class Wish:
    """The whole wish; by default, of somebody who chose nothing.

    `channels` in order, without the app, which is always there. `channels_by_kind` holds only kinds with an order of
    their own. `around_events` empty: as the rhythm has it.
    """

    rhythm: Rhythm = MATTERS
    quiet_until: datetime | None = None
    channels: tuple[Channel, ...] = ()
    channels_by_kind: Mapping[Kind, tuple[Channel, ...]] = field(default_factory=dict)
    quiet_hours: tuple[QuietHours, ...] = ()
    who_may: WhoMay = TEAM
    around_events: AroundEvents | None = None
    hard_days: tuple[HardDay, ...] = ()
    discreet: bool = True

    def ways_for(self, kind: Kind) -> tuple[Channel, ...]:
        """The ways for this kind of message, in the parent's order."""
        return self.channels_by_kind.get(kind, self.channels)


def possible_ways(kind: Kind) -> tuple[Channel, ...]:
    """The ways that make sense for this kind: nobody calls or visits to say that there is news."""
    return SENDINGS if kind in (Kind.NEWS, Kind.ANSWERS) else (*SENDINGS, *BY_HAND)


def channels_from(stored) -> tuple[Channel, ...]:
    known = [Channel(one) for one in stored or () if one in Channel.values and one != Channel.IN_APP]
    return tuple(dict.fromkeys(known))


def by_kind_from(stored) -> dict[Kind, tuple[Channel, ...]]:
    return {Kind(kind): channels_from(ways) for kind, ways in (stored or {}).items() if kind in Kind.values}


def quiet_hours_from(stored) -> tuple[QuietHours, ...]:
    return tuple(
        QuietHours(time.fromisoformat(one["from"]), time.fromisoformat(one["to"]), one.get("weekday"))
        for one in stored or ()
    )


def quiet_hours_to(hours) -> list[dict]:
    return [
        {"weekday": one.weekday, "from": one.start.strftime("%H:%M"), "to": one.end.strftime("%H:%M")} for one in hours
    ]


def hard_days_from(stored: str) -> tuple[HardDay, ...]:
    return tuple(
        HardDay(date.fromisoformat(one["day"]), one["yearly"], one["reach_out"], one["words"])
        for one in json.loads(stored or "[]")
    )


def hard_days_to(days) -> str:
    if not days:
        return ""
    rows = [
        {"day": one.day.isoformat(), "yearly": one.yearly, "reach_out": one.reach_out, "words": one.words}
        for one in sorted(days, key=lambda one: (one.day, one.words))
    ]
    return json.dumps(rows, ensure_ascii=False)
