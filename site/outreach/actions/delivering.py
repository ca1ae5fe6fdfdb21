"""Delivers what waits in the outbox: asks the planner again in full, then sends, hands to the team, puts off,
withholds or drops.

At least once: a worker that dies between sending and settling leaves a lease that runs out, and the same mail goes
again with the same Message-ID. Two workers never hold one delivery, nor two of one person.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When

from outreach import sending, subjects
from outreach.attempts import attempted
from outreach.channels import Permanent, Temporary
from outreach.facts import Facts, facts_of
from outreach.models import Attempt, Delivery
from outreach.planner import Notice as Happening
from outreach.planner import Send, Task, Verdict, Withhold, plan
from outreach.vocabulary import CLOSED_LIST, CODES, NOT_NEEDED, Channel, Outcome, Purpose, State, Withheld
from vault.ids import new_id

from .tasks import make_task, withdraw_unwanted

LEASE = timedelta(minutes=2)
CODE_LIVES = timedelta(minutes=15)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
UNSETTLED = {"lease": "", "lease_until": None}


def _ripe(now: datetime) -> Q:
    waiting = Q(state=State.WAITING, due_at__lte=now) & (Q(next_try_at__isnull=True) | Q(next_try_at__lte=now))
    return waiting | Q(state=State.LEASED, lease_until__lte=now)


def due_ids(now: datetime, limit: int, *, of: Iterable[str] | None = None) -> list[str]:
    """What may be leased now: first what somebody waits for at a screen, then the oldest. `of`: these persons only."""
    first = Case(When(purpose__in=sorted(CLOSED_LIST), then=Value(0)), default=Value(1))
    ripe = Delivery.objects.filter(_ripe(now))
    if of is not None:
        ripe = ripe.filter(person_id__in=list(of))
    return list(ripe.order_by(first, "due_at", "created_at", "pk").values_list("pk", flat=True)[:limit])


def lease(delivery_id: str, now: datetime) -> str:
    """Takes one delivery for this worker and gives the lease; empty when another has it, or has this person."""
    mine = new_id()
    try:
        with transaction.atomic():
            taken = Delivery.objects.filter(_ripe(now), pk=delivery_id).update(
                state=State.LEASED, lease=mine, lease_until=now + LEASE, tries=F("tries") + 1
            )
    except IntegrityError:
        return ""
    return mine if taken else ""


def deliver(delivery_id: str, *, held_by: str, now: datetime) -> Outcome | None:
    """Brings a leased delivery to its end, or back to waiting. None when the lease was lost meanwhile."""
    delivery = (
        Delivery.objects.filter(pk=delivery_id, state=State.LEASED, lease=held_by)
        .select_related("notice", "override")
        .first()
    )
    if delivery is None:
        return None
    person = _as_addressed(facts_of([delivery.person_id], now)[delivery.person_id], delivery)
    verdict = judge(delivery, person, now)
    if isinstance(verdict, Withhold):
        return _withhold(delivery, verdict, now)
    if verdict.at > now:
        return _put_off(delivery, verdict, now)
    if isinstance(verdict, Task):
        return _hand_over(delivery, verdict, now)
    return _send(delivery, verdict.channel, person, now)


def _send(delivery: Delivery, channel: Channel, person: Facts, now: datetime) -> Outcome | None:
    beside = _what_else_waits(delivery)
    code = delivery.payload if delivery.purpose in CODES else ""
    try:
        sending.send(
            channel,
            to=person,
            purpose=Purpose(delivery.purpose),
            message_id=delivery.message_id,
            now=now,
            code=code,
        )
    except Permanent as failure:
        return _other_way(delivery, channel, failure.kind, person, now)
    except Temporary as failure:
        if delivery.purpose == Purpose.URGENT:  # no time to wait for a server
            return _other_way(delivery, channel, failure.kind, person, now, otherwise=_try_again)
        return _try_again(delivery, failure.kind, now)
    return _sent(delivery, channel, person, beside, now)


def _former_address(delivery: Delivery) -> str:
    """Where word goes that the address was changed; nothing for everything else."""
    return delivery.payload if delivery.purpose == Purpose.ACCESS_CHANGED else ""


def _as_addressed(person: Facts, delivery: Delivery) -> Facts:
    """The person as this delivery reaches her."""
    former = _former_address(delivery)
    if not former:
        return person
    needs = replace(person.needs, reachable=person.needs.reachable | {Channel.EMAIL})
    return replace(person, address=former, needs=needs)


def judge(delivery: Delivery, person: Facts, now: datetime) -> Verdict:
    """What the planner says of this delivery now, with everything as it is now."""
    asked_about = max(now, delivery.not_before or now)
    return plan(_as_addressed(person, delivery).needs, _happening(delivery, now), asked_about).outward


def _happening(delivery: Delivery, now: datetime) -> Happening:
    if delivery.purpose in CODES:
        return Happening(delivery.purpose, is_of_use=now - delivery.created_at < CODE_LIVES)
    if _former_address(delivery):
        # Reading it in the app would silence it, and whoever changed the address may be the one who reads there.
        return Happening(Purpose(delivery.purpose))
    # A notice that is gone was read long ago, or its thing was deleted: both mean that it is over.
    is_read = delivery.notice is None or delivery.notice.read_at is not None
    failed = frozenset(Channel(way) for way in delivery.failed_channels)
    # A way that the team chose and that failed for good leaves the parent's own order.
    way = Channel(delivery.way) if delivery.way and delivery.way not in failed else None
    return Happening(
        Purpose(delivery.purpose),
        by=delivery.notice.by_id if delivery.notice else "",
        is_read=is_read,
        is_of_use=is_read or subjects.is_of_use(delivery.subject, delivery.person_id, delivery.subject_id),
        failed=failed,
        way=way,
        way_was_asked=delivery.purpose == Purpose.CONTACT_ASKED,
        override_until=delivery.override.ends_at if delivery.override else None,
    )


def _what_else_waits(delivery: Delivery) -> list[Delivery]:
    """What else waits for this person and can be told by the same sending. A code speaks for nothing else, and
    what a person of the team does is not done by a sending.
    """
    if delivery.purpose in CLOSED_LIST:
        return []
    waiting = Delivery.objects.filter(person_id=delivery.person_id, state=State.WAITING).exclude(
        purpose__in=sorted(CLOSED_LIST)
    )
    return list(waiting.select_related("notice", "override"))


def _settle(delivery: Delivery, attempt: Attempt, *, alive: State, **changes) -> bool:
    """Moves a delivery that is still as it was read, and records why. False when another was quicker."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=alive, lease=delivery.lease)
    if not mine.update(**UNSETTLED, **changes):
        return False
    attempt.save(force_insert=True)
    return True


def _attempt(delivery: Delivery, outcome: Outcome, why: str, now: datetime, **more) -> Attempt:
    return Attempt(delivery=delivery, at=now, outcome=outcome, reason=why, **{"channel": delivery.channel, **more})


def _end(delivery: Delivery, state: State, attempt: Attempt, *, alive=State.LEASED, **changes) -> Outcome | None:
    with transaction.atomic():
        ended = _settle(
            delivery,
            attempt,
            alive=alive,
            state=state,
            settled_at=attempt.at,
            payload="",
            reason=attempt.reason if state in (State.WITHHELD, State.DROPPED) else "",
            **changes,
        )
    return Outcome(attempt.outcome) if ended else None


def _withhold(delivery: Delivery, verdict: Withhold, now: datetime, alive=State.LEASED) -> Outcome | None:
    if verdict.reason in NOT_NEEDED:
        return _end(delivery, State.DROPPED, attempted(delivery, Outcome.DROPPED, verdict, now), alive=alive)
    return _end(delivery, State.WITHHELD, attempted(delivery, Outcome.WITHHELD, verdict, now), alive=alive)


def _put_off(delivery: Delivery, verdict: Send | Task, now: datetime) -> Outcome | None:
    """Back to waiting until the wish allows it; being put off is not a try."""
    with transaction.atomic():
        moved = _settle(
            delivery,
            attempted(delivery, Outcome.PUT_OFF, verdict, now),
            alive=State.LEASED,
            state=State.WAITING,
            channel=verdict.channel,
            due_at=verdict.at,
            next_try_at=None,
            tries=F("tries") - 1,
        )
    return Outcome.PUT_OFF if moved else None


def _hand_over(delivery: Delivery, task: Task, now: datetime) -> Outcome | None:
    """Becomes a task for the team. Nothing reached the person yet, so her rhythm goes on."""
    with transaction.atomic():
        handed = attempted(delivery, Outcome.HANDED, task, now)
        outcome = _end(delivery, State.HANDED, handed, channel=task.channel)
        if outcome:
            make_task(delivery=delivery, task=task, now=now)
    return outcome


def _other_way(
    delivery: Delivery, channel: Channel, kind: str, person: Facts, now: datetime, otherwise=None
) -> Outcome | None:
    """After a failure for good: the next way that was chosen takes over at once; without one it ends as failed."""
    had = delivery.failed_channels
    delivery.failed_channels = [*had, channel.value]
    verdict = judge(delivery, person, now)
    if isinstance(verdict, Withhold):
        delivery.failed_channels = had
        return (otherwise or _fail)(delivery, kind, now)
    with transaction.atomic():
        moved = _settle(
            delivery,
            _attempt(delivery, Outcome.OTHER_WAY, kind, now, channel=channel),
            alive=State.LEASED,
            state=State.WAITING,
            channel=verdict.channel,
            failed_channels=delivery.failed_channels,
            due_at=verdict.at,
            next_try_at=None,
            tries=0,
        )
    return Outcome.OTHER_WAY if moved else None


def _try_again(delivery: Delivery, kind: str, now: datetime) -> Outcome | None:
    if delivery.tries > len(WAITS):
        return _fail(delivery, kind, now)
    again = now + WAITS[delivery.tries - 1]
    with transaction.atomic():
        moved = _settle(
            delivery,
            _attempt(delivery, Outcome.FAILED_FOR_NOW, kind, now, until=again),
            alive=State.LEASED,
            state=State.WAITING,
            next_try_at=again,
        )
    return Outcome.FAILED_FOR_NOW if moved else None


def give_back(delivery_id: str, *, held_by: str, now: datetime) -> Outcome | None:
    """After a fault of our own: it waits for another try, and after the last one it ends as failed."""
    delivery = Delivery.objects.filter(pk=delivery_id, state=State.LEASED, lease=held_by).first()
    return _try_again(delivery, "our_fault", now) if delivery else None


def _fail(delivery: Delivery, kind: str, now: datetime) -> Outcome | None:
    return _end(delivery, State.FAILED, _attempt(delivery, Outcome.FAILED, kind, now))


def _sent(delivery: Delivery, channel: Channel, person: Facts, beside: list[Delivery], now: datetime) -> Outcome | None:
    """Ends this one, and everything that the same sending has now told."""
    with transaction.atomic():
        sent = _attempt(delivery, Outcome.SENT, "", now, channel=channel)
        outcome = _end(delivery, State.SENT, sent, channel=channel)
        for other in beside if outcome else ():
            verdict = judge(other, person, now)
            if isinstance(verdict, Task) or (isinstance(verdict, Send) and verdict.channel != channel):
                continue
            told = verdict if isinstance(verdict, Withhold) else Withhold(Withheld.ONE_FOR_ALL, channel)
            _withhold(other, told, now, alive=State.WAITING)
    return outcome


def judge_again(person_id: str, *, before: Facts, now: datetime) -> None:
    """After a change of the wish: what waits is withheld or moved at once, and what the old wish withheld from the
    queue waits again when the new one allows it. What came during a pause stays in the app: its end sends nothing.
    Tasks of the team that are no longer wanted are withdrawn.
    """
    person = facts_of([person_id], now)[person_id]
    queued = (
        Delivery.objects.filter(person_id=person_id, state__in=[State.WAITING, State.WITHHELD], due_at__isnull=False)
        .exclude(purpose__in=sorted(CLOSED_LIST))
        .select_related("notice", "override")
    )
    for delivery in queued:
        verdict = judge(delivery, person, now)
        if delivery.state == State.WAITING:
            if isinstance(verdict, Withhold):
                _withhold(delivery, verdict, now, alive=State.WAITING)
            elif (verdict.at, verdict.channel) != (delivery.due_at, delivery.channel):
                _plan_anew(delivery, verdict, now)
        elif not isinstance(verdict, Withhold) and isinstance(judge(delivery, before, now), Withhold):
            _plan_anew(delivery, verdict, now)
    withdraw_unwanted(person=person, now=now)


def _plan_anew(delivery: Delivery, verdict: Send | Task, now: datetime) -> None:
    """Waits for another moment, or for another way, than it did; nothing that is leased is touched."""
    planned = {"state": State.WAITING, "channel": verdict.channel, "due_at": verdict.at}
    again = {"next_try_at": None, "reason": "", "settled_at": None} if delivery.state == State.WITHHELD else {}
    if Delivery.objects.filter(pk=delivery.pk, state=delivery.state).update(**planned, **again):
        attempted(delivery, Outcome.PUT_OFF, verdict, now).save(force_insert=True)
