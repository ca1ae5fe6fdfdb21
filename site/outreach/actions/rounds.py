"""Rounds after an occasion: started, changed within the wish, confirmed, handed over, closed.

Confirming writes nothing past the planner: each person is told through the one door, by their own wish.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from audit.record import looked, record
from audit.vocabulary import Look
from outreach import circles
from outreach import round_policies as rules
from outreach.models import Delivery, Notice, Occasion, Round, RoundLine, Task
from outreach.models.contact_moment import How, MomentOutcome
from outreach.models.occasion import OccasionKind
from outreach.occasions import Happened, respond_to
from outreach.planner import Withhold
from outreach.proposing import leads_for, plan_for
from outreach.round_queries import DONE, SUBJECT, proposals_for, someones
from outreach.rows import insert_all
from outreach.vocabulary import Channel, Purpose, Withheld
from people.actor import Actor
from people.policy import Refused
from people.vocabulary import Reason
from vault.purpose import id_of_form

from .moments import write_down
from .reaching import reach_many

TITLE_LIMIT, NOTE_LIMIT = 120, 1000
HOW = {"call": How.CALL, "visit": How.VISIT, "letter": How.LETTER}


def start_round(
    *,
    kind: OccasionKind,
    day: date,
    title: str,
    by: Actor,
    circle_ids: Iterable[str] | None = None,
    key: str = "",
    now: datetime | None = None,
) -> Round:
    """A round for all whom the actor accompanies, or for those in these circles of hers. `key` is of the form: sent
    twice, it is one round, and nobody is told twice.
    """
    rules.start_round.require(by)
    now = now or timezone.now()
    people = rules.accompanied_by(by)
    if circle_ids is not None:
        wanted = set(circle_ids)
        people &= set().union(*(one.person_ids for one in circles.circles_of(by) if one.id in wanted))
    title = title.strip()[:TITLE_LIMIT]
    if not title or not people:
        raise Refused(Reason.EMPTY)
    with transaction.atomic():
        occasion, is_new = Occasion.objects.get_or_create(
            pk=id_of_form("outreach.round.form", key, by.person_id, str(kind), day.isoformat(), title, *sorted(people)),
            defaults={"kind": kind, "day": day, "title": title, "made_at": now, "made_by_id": by.person_id},
        )
        if not is_new:
            return occasion.rounds.get()
        made = Round.objects.create(occasion=occasion, started_at=now, started_by_id=by.person_id)
        insert_all([RoundLine(round=made, person_id=person) for person in sorted(people)])
        _record("started", made, by, now, what_happened=str(kind), count=len(people))
    return made


def look_at(*, person_ids: Iterable[str], by: Actor, now: datetime | None = None) -> None:
    """Notes that the wishes of these persons were looked at; each can read it."""
    rules.list_rounds.require(by)
    looked(staff_id=by.person_id, person_ids=person_ids, purpose=Look.ROUND, now=now)


def change_line(
    *, line: RoundLine, lead_id: str, way: Channel | None, by: Actor, now: datetime | None = None
) -> RoundLine:
    """Another lead or way, within what the wish of this person allows."""
    rules.change_line.require(by, line)
    now = now or timezone.now()
    with transaction.atomic():
        _open_round(line.round_id)
        line = RoundLine.objects.select_for_update().get(pk=line.pk)
        line.lead_id, line.way = lead_id, way or ""
        someone = someones([line], now, by=by.person_id)[0]
        if lead_id and lead_id not in leads_for(someone, by.person_id):
            raise Refused(Reason.NOT_YOURS)
        if isinstance(plan_for(someone, lead_id or by.person_id, now).outward, Withhold) and (lead_id or way):
            raise Refused(Reason.WISH)
        line.save(update_fields=["lead_id", "way"])
    return line


def _open_round(round_id: str, *, confirmed: bool = False) -> Round:
    """The round, locked; refuses when it moved on meanwhile."""
    one = Round.objects.select_for_update().get(pk=round_id)
    if one.closed_at is not None or (one.confirmed_at is not None) != confirmed:
        raise Refused(Reason.ALREADY_DONE)
    return one


def confirm_round(*, one: Round, by: Actor, now: datetime | None = None) -> Round:
    """All proposals, from the wishes as they are now. Whom the actor no longer accompanies leaves the round."""
    rules.run_round.require(by, one)
    now = now or timezone.now()
    with transaction.atomic():
        one = _open_round(one.pk)
        lines = RoundLine.objects.filter(round=one)
        lines.exclude(person_id__in=rules.accompanied_by(by)).delete()
        found = proposals_for(list(lines), by=one.started_by_id, now=now)
        alike: dict[tuple, list[str]] = {}
        for proposal in found.values():
            alike.setdefault((proposal.lead, proposal.way, proposal.not_before), []).append(proposal.person_id)
        for (lead, way, not_before), people in alike.items():
            reach_many(
                person_ids=people,
                purpose=Purpose.OCCASION,
                by_id=lead,
                subject=SUBJECT,
                subject_id=one.pk,
                way=way,
                not_before=not_before,
                now=now,
            )
            RoundLine.objects.filter(round=one, person_id__in=people).update(lead_id=lead)
        one.confirmed_at, one.confirmed_by_id = now, by.person_id
        one.save(update_fields=["confirmed_at", "confirmed_by_id"])
        _record("confirmed", one, by, now, count=len(found))
        occasion = one.occasion
        respond_to(Happened(occasion.pk, occasion.kind, occasion.day, by.person_id, now))
    return one


def mark_outcome(*, line: RoundLine, outcome: MomentOutcome, by: Actor, now: datetime | None = None) -> RoundLine:
    """How it went with one person. Not wanting is an answer like any other."""
    rules.mark_line.require(by, line)
    now = now or timezone.now()
    with transaction.atomic():
        _open_round(line.round_id, confirmed=True)
        line = RoundLine.objects.select_for_update().get(pk=line.pk)
        if line.outcome in DONE:
            raise Refused(Reason.ALREADY_DONE)
        task = _tasks(line.round_id).filter(person_id=line.person_id).first()
        if task and task.withdrawn_at is not None:
            raise Refused(Reason.WISH)
        write_down(
            person=line.person,
            how=HOW.get(task.channel if task else "", How.MESSAGE),
            outcome=outcome,
            key=f"{line.pk}-{outcome}-{int(now.timestamp())}",
            by=by,
            now=now,
        )
        if task and outcome in DONE:  # whoever of the team did it
            Task.objects.filter(pk=task.pk, done_at__isnull=True, withdrawn_at__isnull=True).update(
                done_at=now, done_by_id=by.person_id
            )
        line.outcome, line.outcome_at, line.outcome_by_id = outcome, now, by.person_id
        line.save(update_fields=["outcome", "outcome_at", "outcome_by_id"])
    return line


def _tasks(round_id: str):
    return Task.objects.filter(delivery__subject=SUBJECT, delivery__subject_id=round_id)


def hand_over(*, one: Round, from_id: str, to_id: str, by: Actor, now: datetime | None = None) -> int:
    """Gives the open lines of one lead to another who accompanies these people; returns how many went.

    What the wish keeps for the contact person stays with the contact person.
    """
    rules.hand_over.require(by, one)
    if from_id != by.person_id and one.started_by_id != by.person_id:
        raise Refused(Reason.NOT_YOURS)
    now = now or timezone.now()
    with transaction.atomic():
        one = _open_round(one.pk, confirmed=True)
        open_lines = list(RoundLine.objects.filter(round=one, lead_id=from_id).exclude(outcome__in=DONE))
        people = [
            someone.person_id
            for someone in someones(open_lines, now, by=by.person_id)
            if to_id in someone.staff and not isinstance(plan_for(someone, to_id, now).outward, Withhold)
        ]
        RoundLine.objects.filter(round=one, person_id__in=people).update(lead_id=to_id)
        Notice.objects.filter(subject=SUBJECT, subject_id=one.pk, person_id__in=people).update(by_id=to_id)
        open_tasks = Task.objects.filter(
            delivery__in=Delivery.objects.filter(subject=SUBJECT, subject_id=one.pk, person_id__in=people),
            done_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        open_tasks.update(for_id=to_id)
        if people:
            _record("handed_over", one, by, now, count=len(people), from_id=from_id, to_id=to_id)
    return len(people)


def close_round(*, one: Round, note: str, by: Actor, now: datetime | None = None) -> Round:
    """Ends the round with a note. What still waits is no longer of use; open tasks of it go."""
    rules.run_round.require(by, one)
    now = now or timezone.now()
    with transaction.atomic():
        one = _open_round(one.pk, confirmed=one.confirmed_at is not None)
        open_tasks = _tasks(one.pk).filter(done_at__isnull=True, withdrawn_at__isnull=True)
        Task.objects.filter(pk__in=list(open_tasks.values_list("pk", flat=True))).update(
            withdrawn_at=now, reason=Withheld.NO_LONGER_OF_USE
        )
        one.closed_at, one.closed_by_id, one.closing_note = now, by.person_id, note.strip()[:NOTE_LIMIT]
        one.save(update_fields=["closed_at", "closed_by_id", "closing_note"])
        _record("closed", one, by, now)
    return one


def _record(became: str, one: Round, by: Actor, now: datetime, **more) -> None:
    record(
        f"outreach.round.{became}",
        by_id=by.person_id,
        subject=SUBJECT,
        subject_id=one.pk,
        now=now,
        **more,
    )
