"""What a facilitator sees today of her company: who wants contact, what waits, which days are hard, who wants quiet.

Read in a fixed number of statements and sorted by the planner's word alone. Nobody is late or inactive here: a line
stands there because a wish asks for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from people.actor import Actor
from people.vocabulary import Rhythm

from .actions.tasks import as_it_stands, judge_task
from .company import company_of
from .duty import OnDuty, first_readers, on_duty
from .facts import Facts, facts_of
from .models import Task as Row
from .names import names_for
from .next_step import ONLY_THE_APP, introduction
from .planner import BETWEEN_NEWS, Needs, Notice, Send, Task, Verdict, Withhold, plan
from .sendings import Stuck, stuck_ways
from .unanswered import unanswered
from .vocabulary import Channel, Kind, Purpose
from .wall_clock import zone_named
from .wish import HardDay

DAYS_AHEAD = 14
AT_REST = (Rhythm.QUIET, Rhythm.MINE)


@dataclass(frozen=True)
class Companion:
    """One person of the company, as a line of the page needs it."""

    person_id: str
    name: str
    facts: Facts
    rhythm: Rhythm

    @property
    def needs(self) -> Needs:
        return self.facts.needs

    @property
    def icon(self) -> str:
        return f"rhythm-{self.rhythm.value}"

    @property
    def ways(self) -> list[str]:
        """The ways for a talk, in the order she chose and as far as they exist for her."""
        open_to_her = [way for way in self.needs.ways_for(Kind.WORDS) if way in self.needs.reachable]
        return [str(way.label) for way in open_to_her]


@dataclass(frozen=True)
class Wanted:
    """Contact that is wanted. `asked_at`: she asked for it herself; `purpose` says what a task is for; `for_team`:
    nobody in particular does it, so who is on duty looks first."""

    who: Companion
    purpose: Purpose
    way: Channel | None = None
    asked_at: datetime | None = None
    for_team: bool = False
    looks_first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Later:
    """What waits, until when, and the plain reason where there is one. `asked_at`: she asked for it herself."""

    who: Companion
    way: Channel
    at: datetime
    because: str
    asked_at: datetime | None = None


@dataclass(frozen=True)
class Hard:
    who: Companion
    day: date
    hard: HardDay


@dataclass(frozen=True)
class NotThrough:
    """Somebody whom a way does not reach, as the last try showed."""

    who: Companion
    ways: list[Stuck]


@dataclass
class Desk:
    """The whole page. `first`: for the team, and the reader is on duty; `with_colleague`: for the team, and a colleague
    is on duty. Without anybody on duty both are empty."""

    duty: list[OnDuty] = field(default_factory=list)
    first: list[Wanted] = field(default_factory=list)
    with_colleague: list[Wanted] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    tasks: list[Wanted] = field(default_factory=list)
    later: list[Later] = field(default_factory=list)
    hard: list[Hard] = field(default_factory=list)
    quiet: list[Companion] = field(default_factory=list)
    stuck: list[NotThrough] = field(default_factory=list)
    everyone: list[Companion] = field(default_factory=list)


def desk_of(actor: Actor, now: datetime) -> Desk:
    """Everything of today, in a fixed number of statements."""
    company = _company(actor, now)
    desk = Desk(everyone=list(company.values()))
    _put_tasks(desk, company, actor.person_id, now)
    for asked in unanswered(company):
        if asked.person_id not in _spoken_for(desk):
            _put_asked(desk, company[asked.person_id], asked.created_at, actor.person_id, now)
    introduced = _put_introductions(desk, company, actor.person_id, now)
    spoken_for = _spoken_for(desk) | introduced
    for who in desk.everyone:
        if who.person_id not in spoken_for:
            _put_rhythm(desk, who, actor.person_id, now)
    wanting = {one.who.person_id for one in desk.wanted}
    desk.quiet = [who for who in desk.everyone if who.rhythm in AT_REST and who.person_id not in wanting]
    stuck = stuck_ways((who.facts for who in desk.everyone), now)
    desk.stuck = [NotThrough(who, stuck[who.person_id]) for who in desk.everyone if who.person_id in stuck]
    desk.hard = sorted(_hard_days(desk.everyone, now), key=lambda one: one.day)
    desk.later.sort(key=lambda one: one.at)
    desk.duty = on_duty(actor, now)
    _let_duty_look_first(desk, first_readers(actor, desk.duty), actor.person_id)
    return desk


def _let_duty_look_first(desk: Desk, there: dict[str, dict[str, str]], me: str) -> None:
    """What is for the team is first for who is on duty. Colleagues see it too, further down: nothing is lost."""
    for name in ("wanted", "tasks"):
        for_me = []
        for one in getattr(desk, name):
            looking = there.get(one.who.person_id, {}) if one.for_team else {}
            if me in looking:
                desk.first.append(one)
            elif looking:
                desk.with_colleague.append(replace(one, looks_first=tuple(sorted(looking.values()))))
            else:
                for_me.append(one)
        setattr(desk, name, for_me)


def _company(actor: Actor, now: datetime) -> dict[str, Companion]:
    """By name, so that the page looks the same each day."""
    ids = company_of(actor.person_id) - {actor.person_id}
    facts, names = facts_of(ids, now), names_for(actor, ids)
    found = [Companion(pk, names[pk], one, one.needs.rhythm_at(now)) for pk, one in facts.items()]
    return {one.person_id: one for one in sorted(found, key=lambda one: (one.name.casefold(), one.person_id))}


def _put_tasks(desk: Desk, company: dict[str, Companion], me: str, now: datetime) -> None:
    rows = Row.objects.filter(person_id__in=list(company), done_at__isnull=True, withdrawn_at__isnull=True)
    for row in as_it_stands(rows.select_related("delivery__override").order_by("due_at", "pk")):
        who = company[row.person_id]
        verdict = judge_task(row, who.facts, now)
        if isinstance(verdict, Withhold) or (isinstance(verdict, Task) and verdict.by not in ("", me)):
            continue
        for_team, asked = not (isinstance(verdict, Task) and verdict.by), _asked_at(row)
        if max(verdict.at, row.due_at) > now:
            desk.later.append(_later(who, verdict, row.due_at, asked_at=asked))
        elif asked:
            desk.wanted.append(Wanted(who, Purpose.CONTACT_ASKED, Channel(row.channel), asked, for_team))
        else:
            desk.tasks.append(Wanted(who, Purpose(row.purpose), Channel(row.channel), for_team=for_team))


def _asked_at(row: Row) -> datetime | None:
    """When she asked, where this is what she asked for."""
    if row.purpose != Purpose.CONTACT_ASKED:
        return None
    return row.delivery.created_at if row.delivery else row.created_at


def _spoken_for(desk: Desk) -> set[str]:
    return {one.who.person_id for one in (*desk.wanted, *desk.later)}


def _put_asked(desk: Desk, who: Companion, asked_at: datetime, me: str, now: datetime) -> None:
    both = plan(who.needs, Notice(Purpose.CONTACT_ASKED, by=me), now)
    if isinstance(both.in_app, Withhold) or not is_mine(who.needs, me, now):
        return
    verdict, for_team = both.outward, is_for_team(who.needs, now)
    if isinstance(verdict, Withhold):
        desk.wanted.append(Wanted(who, Purpose.CONTACT_ASKED, None, asked_at, for_team))
    elif verdict.at > now:
        desk.later.append(_later(who, verdict, asked_at=asked_at))
    else:
        desk.wanted.append(Wanted(who, Purpose.CONTACT_ASKED, verdict.channel, asked_at, for_team))


def _put_introductions(desk: Desk, company: dict[str, Companion], me: str, now: datetime) -> set[str]:
    """Whom this reader took over from a colleague and did not ask yet, as far as their wish allows; returns who."""
    introduced = set()
    for person_id, who in company.items():
        if not who.facts.is_unasked or who.needs.contact_person != me:
            continue
        verdict = introduction(who.needs, me, now)
        if isinstance(verdict, Withhold) and verdict.reason not in ONLY_THE_APP:
            continue
        introduced.add(person_id)
        if isinstance(verdict, Withhold):
            desk.tasks.append(Wanted(who, Purpose.INTRODUCTION))
        elif verdict.at > now:
            desk.later.append(_later(who, verdict))
        else:
            desk.tasks.append(Wanted(who, Purpose.INTRODUCTION, verdict.channel))
    return introduced


def _later(
    who: Companion, verdict: Send | Task, not_before: datetime | None = None, *, asked_at: datetime | None = None
) -> Later:
    at = max(verdict.at, not_before or verdict.at)
    return Later(who, verdict.channel, at, verdict.because.sentence if verdict.because else "", asked_at)


def _put_rhythm(desk: Desk, who: Companion, me: str, now: datetime) -> None:
    verdict = verdict_by_rhythm(who.needs, me, now)
    if verdict is None or (isinstance(verdict, Withhold) and verdict.reason not in ONLY_THE_APP):
        return
    for_team = is_for_team(who.needs, now)
    if isinstance(verdict, Withhold):
        desk.wanted.append(Wanted(who, Purpose.CHECK_IN, for_team=for_team))
    elif verdict.at > now:
        desk.later.append(_later(who, verdict))
    else:
        desk.wanted.append(Wanted(who, Purpose.CHECK_IN, verdict.channel, for_team=for_team))


def verdict_by_rhythm(needs: Needs, me: str, now: datetime) -> Verdict | None:
    """What the planner says of hearing how she is, when her rhythm asks for contact now and it is mine to do."""
    wait = BETWEEN_NEWS.get(needs.rhythm_at(now))
    if wait is None or (needs.reached_at and needs.reached_at + wait > now) or not is_mine(needs, me, now):
        return None
    return plan(needs, Notice(Purpose.CHECK_IN, by=me), now).outward


def is_mine(needs: Needs, me: str, now: datetime) -> bool:
    """The contact person does it; while they are away, whom she named; the team where there is neither."""
    return needs.contact_person == me or is_for_team(needs, now) or (needs.is_away(now) and needs.stand_in == me)


def is_for_team(needs: Needs, now: datetime) -> bool:
    """She has no contact person, or hers is away and she named nobody."""
    return not needs.contact_person or (needs.is_away(now) and not needs.stand_in)


def _hard_days(company: list[Companion], now: datetime) -> Iterator[Hard]:
    for who in company:
        today = now.astimezone(zone_named(who.needs.time_zone)).date()
        for day in (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD)):
            yield from (Hard(who, day, one) for one in who.needs.hard_days if one.is_on(day))
