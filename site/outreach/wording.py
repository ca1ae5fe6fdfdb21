"""How the portal reads a wish, as facts that a template puts into whole sentences. Pure: it asks nothing."""

from dataclasses import dataclass
from datetime import datetime, time

from people.vocabulary import Rhythm

from .planner import Needs
from .wall_clock import zone_named


@dataclass(frozen=True)
class HowWeRead:
    """`rings` is the sentence: quiet, quiet_until, mine, app_only, often, sometimes, matters. The rest fills it in.

    `start` and `end` are the quiet hours, only while something rings at all; `until` is on the person's own clock.
    """

    rings: str
    until: datetime | None = None
    start: time | None = None
    end: time | None = None


def how_we_read(needs: Needs, now: datetime) -> HowWeRead:
    """What will happen from now on with this wish."""
    rhythm = needs.rhythm_at(now)
    if rhythm == Rhythm.QUIET and needs.quiet_until:
        return HowWeRead("quiet_until", until=needs.quiet_until.astimezone(zone_named(needs.time_zone)))
    if rhythm in (Rhythm.QUIET, Rhythm.MINE):
        return HowWeRead(rhythm.value)
    if not set(needs.channels) & needs.reachable:
        return HowWeRead("app_only")
    first = next(iter(needs.quiet_hours), None)
    return HowWeRead(rhythm.value, start=first.start if first else None, end=first.end if first else None)
