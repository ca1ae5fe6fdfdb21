"""One parent as the person page shows her to staff: the wish, what may be done now, the next step, what was."""

from dataclasses import dataclass
from datetime import datetime, time

from people.actor import Actor
from people.queries import has_account
from people.vocabulary import Rhythm

from .facts import Facts
from .families import family_of, is_crowded
from .models import Around, SafeContact
from .names import names_for
from .next_step import NextStep, next_step
from .planner import Notice, Withhold, plan
from .queries import Moment, facts_about, is_contact_person_of, moments_with
from .sendings import Stuck, stuck_ways
from .unanswered import unanswered
from .vocabulary import Channel, Kind, Purpose
from .wall_clock import zone_named
from .ways_now import WayNow, ways_now
from .wording import HowWeRead, how_we_read

EARLY, LATE = time(8), time(21)


@dataclass(frozen=True)
class Asked:
    """She asked for contact: when, and how the reader answers. `later`: from when; `because`: why not now, or not."""

    at: datetime
    way: Channel | None = None
    later: datetime | None = None
    because: str = ""


@dataclass(frozen=True)
class Seen:
    """`is_unasked`: the reader took over from a colleague, and this parent did not say yes yet."""

    name: str
    facts: Facts
    rhythm: Rhythm
    reading: HowWeRead
    ways: list[Channel]
    ways_now: list[WayNow]
    has_card: bool
    next_step: NextStep
    moments: list[Moment]
    mine: Around | None
    is_unasked: bool
    asked: Asked | None
    is_crowded: bool
    stuck: list[Stuck]
    now: datetime
    reads_here: bool

    @property
    def icon(self) -> str:
        return f"rhythm-{self.rhythm.value}"

    @property
    def is_night(self) -> bool:
        """On her clock. No wish says so unless she said it; whoever is about to dial would want to know."""
        return not EARLY <= self.now.astimezone(zone_named(self.facts.needs.time_zone)).time() < LATE

    @property
    def may_open_card(self) -> bool:
        return self.has_card and any(one.is_open for one in self.ways_now)


def person_as_seen(actor: Actor, person_id: str, now: datetime) -> Seen:
    """In a fixed number of statements; the card itself is not read."""
    facts, me = facts_about(person_id, now), actor.person_id
    is_unasked = facts.is_unasked and facts.needs.contact_person == me
    return Seen(
        name=names_for(actor, [person_id])[person_id],
        facts=facts,
        rhythm=facts.needs.rhythm_at(now),
        reading=how_we_read(facts.needs, now),
        ways=[way for way in facts.needs.ways_for(Kind.WORDS) if way in facts.needs.reachable],
        ways_now=ways_now(person_id, me, now, facts),
        has_card=SafeContact.objects.filter(person_id=person_id).exists(),
        next_step=next_step(facts.needs, me, now, is_unasked=is_unasked),
        moments=moments_with(actor, person_id),
        mine=is_contact_person_of(me, person_id),
        is_unasked=is_unasked,
        asked=_asked(facts, me, now),
        is_crowded=is_crowded(family_of(person_id), now),
        stuck=stuck_ways([facts], now).get(person_id, []),
        now=now,
        reads_here=has_account(person_id),
    )


def _asked(facts: Facts, me: str, now: datetime) -> Asked | None:
    row = unanswered([facts.person_id]).first()
    if row is None:
        return None
    way = Channel(row.subject_id) if row.subject_id in Channel.values else None
    notice = Notice(Purpose.CONTACT_ASKED, by=me, way=way, way_was_asked=way is not None)
    verdict = plan(facts.needs, notice, now).outward
    if isinstance(verdict, Withhold):
        return Asked(row.created_at, because=verdict.reason.beforehand)
    because = verdict.because.beforehand if verdict.because else ""
    return Asked(row.created_at, verdict.channel, verdict.at if verdict.at > now else None, because)
