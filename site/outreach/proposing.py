"""What a round proposes for each person: who, by what way, when. Pure: it asks nothing and writes nothing.

Each person is planned alone, by their own wish. Two who are kept apart get different leads where the wish allows it,
and are never visited on the same day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .planner import Needs, Notice, Plan, Task, Verdict, Withhold, plan
from .vocabulary import Channel, Purpose
from .wall_clock import zone_named

OCCASION, VISIT = Purpose("occasion"), Channel("visit")


@dataclass(frozen=True)
class Someone:
    """A person of a round: the wish, who accompanies them, and what the team chose instead of the proposal."""

    person_id: str
    needs: Needs
    staff: frozenset[str] = frozenset()
    lead: str = ""
    way: Channel | None = None


@dataclass(frozen=True)
class Proposal:
    """`lead` and `plan` for one person. `not_before` is set when it lies later than the wish alone would have it."""

    person_id: str
    lead: str
    plan: Plan
    way: Channel | None = None
    not_before: datetime | None = None

    @property
    def outward(self) -> Verdict:
        return self.plan.outward

    @property
    def is_left_in_peace(self) -> bool:
        return isinstance(self.outward, Withhold)


def propose(
    people: Iterable[Someone], *, by: str, apart: Collection[tuple[str, str]] = (), now: datetime
) -> dict[str, Proposal]:
    """By person. `by` is who starts the round; `apart` are the pairs that are kept apart."""
    known = {one.person_id: one for one in people}
    found = {one.person_id: plan_for(one, one.lead or lead_for(one, by, now), now) for one in known.values()}
    for one, other in sorted(tuple(sorted(pair)) for pair in apart):
        if one in found and other in found:
            found[other] = _with_another_lead(known[other], found[other], found[one], by, now)
    _on_other_days(known, found, apart)
    return found


def plan_for(one: Someone, lead: str, now: datetime, not_before: datetime | None = None) -> Proposal:
    """What the wish makes of this lead and the way that was chosen."""
    planned = plan(one.needs, Notice(OCCASION, by=lead, way=one.way), max(now, not_before or now))
    return Proposal(one.person_id, lead, planned, one.way, not_before)


def lead_for(one: Someone, by: str, now: datetime) -> str:
    """The contact person; while they are away whom the parent named; else who starts the round, if the wish lets in
    others than the contact person."""
    needs = one.needs
    if not needs.contact_person:
        return by
    if not needs.is_away(now):
        return needs.contact_person
    if needs.stand_in:
        return needs.stand_in
    with_starter = plan_for(one, by, now)
    return needs.contact_person if with_starter.is_left_in_peace else by


def leads_for(one: Someone, by: str) -> list[str]:
    """Whom the team may choose: the contact person and who stands in, who starts the round, who accompanies."""
    near = {one.needs.contact_person, one.needs.stand_in, by} - {""}
    return sorted(near | one.staff)


def _with_another_lead(one: Someone, mine: Proposal, theirs: Proposal, by: str, now: datetime) -> Proposal:
    if mine.lead != theirs.lead or one.lead or mine.is_left_in_peace or theirs.is_left_in_peace:
        return mine
    for lead in leads_for(one, by):
        other = plan_for(one, lead, now)
        if lead != theirs.lead and type(other.outward) is type(mine.outward):
            return other
    return mine


def _on_other_days(
    known: Mapping[str, Someone], found: dict[str, Proposal], apart: Collection[tuple[str, str]]
) -> None:
    """Moves a visit to the next day on which none of those is visited from whom this person is kept apart."""
    others: dict[str, set[str]] = {}
    for one, other in apart:
        others.setdefault(one, set()).add(other)
        others.setdefault(other, set()).add(one)
    settled: dict[str, date] = {}
    for person in sorted(others.keys() & found.keys()):
        proposal, someone = found[person], known[person]
        taken = {settled[other] for other in others[person] if other in settled}
        while (day := _visited_on(proposal, someone)) in taken:
            later = proposal.outward.at + timedelta(days=1)
            proposal = plan_for(someone, proposal.lead, later, not_before=later)
        found[person] = proposal
        if day:
            settled[person] = day


def _visited_on(proposal: Proposal, one: Someone) -> date | None:
    verdict = proposal.outward
    if not isinstance(verdict, Task) or verdict.channel != VISIT:
        return None
    return verdict.at.astimezone(zone_named(one.needs.time_zone)).date()
