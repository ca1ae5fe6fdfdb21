"""What may be read of a round: its proposals from the wishes as they are now, and afterwards where each line stands.

Any number of people costs the same number of statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext
from django.utils.translation import pgettext_lazy as pl

from people.actor import Actor
from people.keep_apart import marked_pairs
from people.models import Person
from people.policy import Refused
from people.queries import household_ids
from people.vocabulary import Reason

from . import circles
from .facts import facts_of
from .models import Delivery, Round, RoundLine
from .models.contact_moment import MomentOutcome
from .names import names_for
from .planner import Withhold
from .proposing import Proposal, Someone, lead_for, leads_for, plan_for, propose
from .round_policies import accompanied_by
from .vocabulary import BY_HAND, Channel, Kind, State, Withheld

SUBJECT = "outreach.round"
# After these a line is done; after 'no answer' someone may try again.
DONE = frozenset(MomentOutcome) - {MomentOutcome.NO_ANSWER}


class Standing(models.TextChoices):
    """Where one line of a confirmed round stands."""

    REACHED = "reached", pl("round.reached", "Reached")
    WAITING = "waiting", pl("round.waiting", "Waiting")
    IN_PEACE = "in_peace", pl("round.in_peace", "Left in peace")
    NOT_THROUGH = "not_through", pl("round.not_through", "Did not get through")


def rounds_for(actor: Actor) -> list[Round]:
    """The rounds this actor may see, the newest first."""
    mine = models.Q(started_by_id=actor.person_id)
    with_mine = models.Q(
        pk__in=RoundLine.objects.filter(person_id__in=accompanied_by(actor)).values("round_id"),
        confirmed_at__isnull=False,
    )
    return list(Round.objects.filter(mine | with_mine).select_related("occasion").order_by("-started_at", "pk"))


def round_for(actor: Actor, round_id: str) -> Round:
    found = Round.objects.select_related("occasion").filter(pk=round_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def line_for(actor: Actor, line_id: str) -> RoundLine:
    found = RoundLine.objects.select_related("round__occasion", "person").filter(pk=line_id).first()
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def proposals_for(lines: Iterable[RoundLine], *, by: str, now: datetime) -> dict[str, Proposal]:
    """What is proposed for each line, by person: one look at the wishes, in a fixed number of statements."""
    return propose(someones(lines, now, by=by), by=by, apart=marked_pairs(line.person_id for line in lines), now=now)


def someones(lines: Iterable[RoundLine], now: datetime, *, by: str) -> list[Someone]:
    """Each person of these lines, with the staff around them as far as `by` may know."""
    lines = list(lines)
    ids = [line.person_id for line in lines]
    facts, staff = facts_of(ids, now), circles.staff_of(ids, seen_by=by)
    return [
        Someone(
            line.person_id,
            facts[line.person_id].needs,
            frozenset(staff.get(line.person_id, ())),
            lead=line.lead_id,
            way=Channel(line.way) if line.way else None,
        )
        for line in lines
        if line.person_id in facts
    ]


def lines_seen(actor: Actor, one: Round) -> list[RoundLine]:
    """The lines of people whom this actor accompanies, in a fixed order."""
    rows = RoundLine.objects.filter(round=one, person_id__in=accompanied_by(actor))
    return list(rows.order_by("pk"))


def names_of(actor: Actor, person_ids: Iterable[str]) -> dict[str, str]:
    """How the actor knows these persons, with words for who has no name."""
    nameless = pgettext("person.nameless", "a parent without a name here")
    return {who: name or nameless for who, name in names_for(actor, person_ids).items()}


@dataclass(frozen=True)
class Line:
    """One person as the pages of a round show them."""

    id: str
    person_id: str
    name: str
    lead: str
    channel: Channel | None = None
    at: datetime | None = None
    because: str = ""
    standing: Standing | None = None
    outcome: str = ""
    is_chosen: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether a person of the team does it."""
        return self.channel in BY_HAND

    @property
    def is_open(self) -> bool:
        """Whether someone can still say how it went."""
        return self.standing in (Standing.WAITING, Standing.NOT_THROUGH)


@dataclass
class Family:
    """People of one household, shown together to the team; each is planned alone."""

    lines: list[Line] = field(default_factory=list)

    @property
    def is_more(self) -> bool:
        return len(self.lines) > 1


def families(lines: Iterable[Line]) -> list[Family]:
    """The lines by household, in the order of their names."""
    lines = sorted(lines, key=lambda line: line.name.casefold())
    homes = household_ids(line.person_id for line in lines)
    found: dict[str, Family] = {}
    for line in lines:
        found.setdefault(homes.get(line.person_id, line.person_id), Family()).lines.append(line)
    return list(found.values())


def proposed(actor: Actor, one: Round, now: datetime | None = None) -> list[Line]:
    """The proposals of a round that is not confirmed yet, as its page shows them."""
    now = now or timezone.now()
    rows = lines_seen(actor, one)
    found, names = (
        proposals_for(rows, by=one.started_by_id, now=now),
        names_of(actor, (row.person_id for row in rows)),
    )
    leads = _staff_names(proposal.lead for proposal in found.values())
    return [_proposed(row, found[row.person_id], names[row.person_id], leads) for row in rows if row.person_id in found]


def _proposed(row: RoundLine, proposal: Proposal, name: str, leads: dict[str, str]) -> Line:
    verdict = proposal.outward
    is_chosen = bool(row.lead_id or row.way)
    if proposal.is_left_in_peace:
        return Line(row.pk, row.person_id, name, "", because=verdict.reason.beforehand, is_chosen=is_chosen)
    because = verdict.because.beforehand if verdict.because else ""
    lead = leads.get(getattr(verdict, "by", "") or proposal.lead, "")
    return Line(row.pk, row.person_id, name, lead, verdict.channel, verdict.at, because, is_chosen=is_chosen)


def _staff_names(ids: Iterable[str]) -> dict[str, str]:
    return dict(Person.objects.filter(pk__in=sorted(set(ids) - {""}), is_staff=True).values_list("pk", "name"))


def progress(actor: Actor, one: Round) -> list[Line]:
    """Where each line of a confirmed round stands, for those whom this actor accompanies.

    A lead who is near a parent by a group of which this actor is not stands without a name.
    """
    rows = lines_seen(actor, one)
    names = names_of(actor, (row.person_id for row in rows))
    near = {
        one.person_id: leads_for(one, actor.person_id) for one in someones(rows, timezone.now(), by=actor.person_id)
    }
    seen = {row.pk: row.lead_id for row in rows if row.lead_id in near.get(row.person_id, ())}
    leads = _staff_names(seen.values())
    deliveries = Delivery.objects.filter(subject=SUBJECT, subject_id=one.pk).select_related("task")
    by_person = {row.person_id: row for row in deliveries.filter(person_id__in=[row.person_id for row in rows])}
    return [
        _standing(row, by_person.get(row.person_id), names[row.person_id], leads.get(seen.get(row.pk, ""), ""))
        for row in rows
    ]


def _standing(row: RoundLine, delivery: Delivery | None, name: str, lead: str) -> Line:
    task = getattr(delivery, "task", None) if delivery else None
    way = (task or delivery).channel if delivery else ""
    line = Line(row.pk, row.person_id, name, lead, channel=Channel(way) if way else None)
    standing, because = _where(row, delivery, task)
    at = task.due_at if task else delivery.due_at if delivery else None
    return Line(
        **{**vars(line), "standing": standing, "because": because, "at": at, "outcome": row.get_outcome_display()}
    )


def _where(row: RoundLine, delivery: Delivery | None, task) -> tuple[Standing, str]:
    if row.outcome in DONE:
        return Standing.REACHED, ""
    if delivery is None:
        return Standing.IN_PEACE, ""
    if task and task.withdrawn_at:
        return Standing.IN_PEACE, Withheld(task.reason).sentence
    if delivery.state == State.SENT or delivery.reason in (Withheld.ALREADY_READ, Withheld.ONE_FOR_ALL):
        return Standing.REACHED, ""
    if delivery.state == State.FAILED:
        return Standing.NOT_THROUGH, ""
    if delivery.state in (State.WITHHELD, State.DROPPED):
        return Standing.IN_PEACE, Withheld(delivery.reason).sentence if delivery.reason else ""
    return Standing.WAITING, ""


@dataclass(frozen=True)
class Count:
    """One part of the figure of a round: how many, of which kind, and where it stands in a bar of a hundred."""

    standing: Standing
    number: int
    start: float
    share: float


def counts(lines: Iterable[Line]) -> list[Count]:
    lines, found, start = list(lines), [], 0.0
    for standing in Standing:
        number = sum(line.standing == standing for line in lines)
        if number:
            share = round(100 * number / len(lines), 2)
            found.append(Count(standing, number, round(start, 2), share))
            start += share
    return found


@dataclass(frozen=True)
class Choice:
    """What the team may choose for one person, and how the person is called."""

    name: str
    lead: str
    leads: list[tuple[str, str]]
    ways: tuple[Channel, ...]


def choice_for(actor: Actor, line: RoundLine, now: datetime | None = None) -> Choice:
    """The leads near this person, and the ways of the parent's own order."""
    now = now or timezone.now()
    someone = someones([line], now, by=actor.person_id)[0]
    names = _staff_names(leads_for(someone, line.round.started_by_id))
    leads = sorted(names.items(), key=lambda pair: pair[1].casefold())
    ways = tuple(way for way in someone.needs.ways_for(Kind.EVENTS) if way in someone.needs.reachable)
    lead = line.lead_id or lead_for(someone, line.round.started_by_id, now)
    return Choice(names_of(actor, [line.person_id])[line.person_id], lead, leads, ways)


def why_not(line: RoundLine, lead_id: str, way: Channel | None, now: datetime | None = None) -> str:
    """Why this lead or way is not open for this person, in a sentence; empty when it is."""
    now = now or timezone.now()
    someone = replace(someones([line], now, by=line.round.started_by_id)[0], way=way)
    verdict = plan_for(someone, lead_id, now).outward
    return verdict.reason.beforehand if isinstance(verdict, Withhold) else ""


def parts_of(actor: Actor, one: Round) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Whose open part this actor may hand over, and to whom: colleagues in her own groups who accompany somebody of
    it."""
    lines = RoundLine.objects.filter(round=one).exclude(outcome__in=DONE)
    if one.started_by_id != actor.person_id:
        lines = lines.filter(lead_id=actor.person_id)
    rows = list(lines.values_list("lead_id", "person_id"))
    near = (
        set().union(*circles.staff_of({person for _, person in rows}, seen_by=actor.person_id).values())
        if rows
        else set()
    )
    names = _staff_names({lead for lead, _ in rows} | near)
    leads = [(one, names[one]) for one in sorted({lead for lead, _ in rows}) if one in names]
    return leads, [(one, names[one]) for one in sorted(near) if one in names]


def may_be_told(person_id: str, round_id: str) -> bool:
    """Whether a round still has something to say to this person: it is open, and nobody spoke with them about it."""
    line = RoundLine.objects.filter(round_id=round_id, person_id=person_id, round__closed_at__isnull=True).first()
    return line is not None and line.outcome not in DONE
