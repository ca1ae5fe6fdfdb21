"""Delivers what waits in the outbox: asks the planner again in full, then sends, hands to the team, puts off,
withholds or drops.

At least once: a worker that dies between sending and settling leaves a lease that runs out, and the same mail goes
again with the same Message-ID. Two workers never hold one delivery, nor two of one person.
"""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from outreach import sending, subjects
from outreach.attempts import attempted
from outreach.channels import Permanent, Temporary
from outreach.facts import Facts, facts_of
from outreach.faults import Fault
from outreach.models import Attempt, Delivery
from outreach.planner import Notice as Happening
from outreach.planner import Send, Task, Verdict, Withhold, plan
from outreach.vocabulary import CLOSED_LIST, CODES, NOT_NEEDED, Channel, Outcome, Purpose, State, Withheld

from .leasing import GIVEN_BACK, hold_outbox, keep
from .tasks import make_task, take_up_again, withdraw_unwanted

CODE_LIVES = timedelta(minutes=15)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440)]
FRESH_SECONDS = 1.0


@dataclass(frozen=True)
class Hand:
    """What a worker holds by one lease, and all that is asked of it, read together in three statements.

    Who delivers one after another reads anew what `is_stale`: a wish that changes meanwhile holds a second later, and
    for a single delivery at once.
    """

    deliveries: list[Delivery]
    people: dict[str, Facts]
    beside: dict[str, list[Delivery]]
    read_at: float

    @property
    def is_stale(self) -> bool:
        return time.monotonic() - self.read_at > FRESH_SECONDS


def in_hand(held_by: str, now: datetime) -> Hand:
    """What is still held by this lease; what another worker took meanwhile is not in it."""
    read_at = time.monotonic()
    deliveries = list(keep(held_by, now).select_related("notice", "override"))
    persons = {delivery.person_id for delivery in deliveries}
    people = facts_of(persons, now) if persons else {}
    return Hand(deliveries, people, _what_else_waits(persons) if persons else {}, read_at)


def deliver(held_by: str, *, now: datetime) -> list[Outcome | None]:
    """Brings everything that is held by this lease to its end, or back to waiting; nothing when the lease was lost."""
    hand = in_hand(held_by, now)
    return [deliver_one(delivery, hand, now) for delivery in hand.deliveries]


def deliver_one(delivery: Delivery, hand: Hand, now: datetime) -> Outcome | None:
    """One of what is in hand. None when another worker was quicker with it."""
    person = _as_addressed(hand.people[delivery.person_id], delivery)
    verdict = judge(delivery, person, now)
    if isinstance(verdict, Withhold):
        return _withhold(delivery, verdict, now)
    if verdict.at > now:
        return _put_off(delivery, verdict, now)
    if isinstance(verdict, Task):
        return _hand_over(delivery, verdict, now)
    # A code speaks for nothing else, and what a person of the team does is not done by a sending.
    beside = [] if delivery.purpose in CLOSED_LIST else hand.beside.get(delivery.person_id, [])
    return _send(delivery, verdict.channel, person, beside, now)


def _send(delivery: Delivery, channel: Channel, person: Facts, beside: list[Delivery], now: datetime) -> Outcome | None:
    code = delivery.payload.partition(" ")[0] if delivery.purpose in CODES else ""
    try:
        sending.send(
            channel,
            to=person,
            purpose=Purpose(delivery.purpose),
            message_id=delivery.message_id,
            now=now,
            code=code,
            along=_told_along(beside, channel, person, now),
        )
    except Permanent as failure:
        return _other_way(delivery, channel, failure.kind, person, now)
    except Temporary as failure:
        if delivery.purpose == Purpose.URGENT:  # no time to wait for a server
            return _other_way(delivery, channel, failure.kind, person, now, otherwise=_try_again)
        return _try_again(delivery, failure.kind, now, asked=failure.wait)
    return _sent(delivery, channel, person, beside, now)


def _told_along(beside: list[Delivery], channel: Channel, person: Facts, now: datetime) -> list[Purpose]:
    """What else the same sending tells. Asked only where the sending says more than that there is something new."""
    if person.needs.discreet:
        return []
    verdicts = ((other, judge(other, person, now)) for other in beside)
    return [
        Purpose(one.purpose) for one, verdict in verdicts if isinstance(verdict, Send) and verdict.channel == channel
    ]


def _former_address(delivery: Delivery) -> str:
    """Where word goes that the address was changed; nothing for everything else."""
    return delivery.payload if delivery.purpose == Purpose.ACCESS_CHANGED else ""


def _other_address(delivery: Delivery) -> str:
    """The same, or the address whose mailbox a code shall show to be hers."""
    return delivery.payload.partition(" ")[2] if delivery.purpose in CODES else _former_address(delivery)


def _as_addressed(person: Facts, delivery: Delivery) -> Facts:
    """The person as this delivery reaches her."""
    other = _other_address(delivery)
    if not other:
        return person
    needs = replace(person.needs, reachable=person.needs.reachable | {Channel.EMAIL})
    return replace(person, address=other, needs=needs)


def judge(delivery: Delivery, person: Facts, now: datetime) -> Verdict:
    """What the planner says of this delivery now, with everything as it is now."""
    asked_about = max(now, delivery.not_before or now)
    return plan(_as_addressed(person, delivery).needs, _happening(delivery, now), asked_about).outward


def _happening(delivery: Delivery, now: datetime) -> Happening:
    failed = frozenset(Channel(way) for way in delivery.failed_channels)
    if delivery.purpose in CODES:
        return Happening(delivery.purpose, is_of_use=now - delivery.created_at < CODE_LIVES, failed=failed)
    if _former_address(delivery):
        # Reading it in the app would silence it, and whoever changed the address may be the one who reads there.
        return Happening(Purpose(delivery.purpose), failed=failed)
    # A notice that is gone was read long ago, or its thing was deleted: both mean that it is over.
    is_read = delivery.notice is None or delivery.notice.read_at is not None
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


def _what_else_waits(person_ids: set[str]) -> dict[str, list[Delivery]]:
    """What else waits for each of these persons and can be told by the same sending."""
    waiting = Delivery.objects.filter(person_id__in=person_ids, state=State.WAITING)
    found: dict[str, list[Delivery]] = {}
    for delivery in waiting.exclude(purpose__in=sorted(CLOSED_LIST)).select_related("notice", "override"):
        found.setdefault(delivery.person_id, []).append(delivery)
    return found


def _settle(delivery: Delivery, attempt: Attempt, *, alive: State, **changes) -> bool:
    """Moves a delivery that is still as it was read, and records why. False when another was quicker."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=alive, lease=delivery.lease)
    if not mine.update(**GIVEN_BACK, **changes):
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


def _try_again(delivery: Delivery, kind: str, now: datetime, *, asked: timedelta = timedelta(0)) -> Outcome | None:
    """`asked`: how long the other side asks us to wait. It is believed up to our own longest wait."""
    if delivery.tries > len(WAITS):
        return _fail(delivery, kind, now)
    again = now + max(WAITS[delivery.tries - 1], min(asked, WAITS[-1]))
    with transaction.atomic():
        moved = _settle(
            delivery,
            _attempt(delivery, Outcome.FAILED_FOR_NOW, kind, now, until=again),
            alive=State.LEASED,
            state=State.WAITING,
            next_try_at=again,
        )
    return Outcome.FAILED_FOR_NOW if moved else None


def give_back(delivery: Delivery, *, now: datetime) -> Outcome | None:
    """After a fault of our own: it waits for another try, and after the last one it ends as failed."""
    return _try_again(delivery, Fault.OUR_FAULT, now)


def _fail(delivery: Delivery, kind: str, now: datetime) -> Outcome | None:
    return _end(delivery, State.FAILED, _attempt(delivery, Outcome.FAILED, kind, now))


def _sent(delivery: Delivery, channel: Channel, person: Facts, beside: list[Delivery], now: datetime) -> Outcome | None:
    """Ends this one, and everything that the same sending has now told."""
    with transaction.atomic():
        if beside:
            hold_outbox(delivery.person_id)
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
    Tasks of the team go the same way. Runs while the caller holds the row of the person.
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
        elif not isinstance(judge(delivery, before, now), Withhold):
            _leave_behind(delivery)
        elif not isinstance(verdict, Withhold):
            _plan_anew(delivery, verdict, now)
    take_up_again(person=person, before=before, now=now)
    withdraw_unwanted(person=person, now=now)


def _plan_anew(delivery: Delivery, verdict: Send | Task, now: datetime) -> None:
    """Waits for another moment, or for another way, than it did; nothing that is leased is touched."""
    planned = {"state": State.WAITING, "channel": verdict.channel, "due_at": verdict.at}
    again = {"next_try_at": None, "reason": "", "settled_at": None} if delivery.state == State.WITHHELD else {}
    moved = Delivery.objects.filter(pk=delivery.pk, state=delivery.state).update(**planned, **again)
    if moved and verdict.at > now:  # what may go now is told by its going
        attempted(delivery, Outcome.PUT_OFF, verdict, now).save(force_insert=True)


def _leave_behind(delivery: Delivery) -> None:
    """What the wish kept back ended by itself, and that sends nothing: not then, nor when a later wish is lifted."""
    Delivery.objects.filter(pk=delivery.pk, state=State.WITHHELD).update(due_at=None)
