"""Who delivers what: a worker takes some deliveries for two minutes, and nobody else touches those meanwhile.

The row of the person is the lock of her outbox. Whoever moves more than one of her deliveries holds it first, so that
two who want the same rows in another order never wait for each other.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from outreach.models import Delivery
from outreach.vocabulary import CLOSED_LIST, State
from people.models import Person
from vault.ids import new_id

LEASE = timedelta(minutes=2)
GIVEN_BACK = {"lease": "", "lease_until": None}


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


def lease(delivery_ids: Iterable[str], now: datetime) -> str:
    """Takes these deliveries for this worker, all in one commit, and gives the lease that they are known by.

    Left where they are, for the next round: what another worker has, and what belongs to a person for whom another
    delivery is under way. Empty when nothing is left to take.
    """
    wanted, mine = list(delivery_ids), new_id()
    try:
        taken = _take(wanted, mine, now)
    except IntegrityError:  # somebody was quicker with one of them: each by itself, so that one spoils no other
        taken = sum(_take_one(each, mine, now) for each in wanted)
    return mine if taken else ""


def _take_one(delivery_id: str, mine: str, now: datetime) -> int:
    try:
        return _take([delivery_id], mine, now)
    except IntegrityError:
        return 0


def _take(wanted: list[str], mine: str, now: datetime) -> int:
    with transaction.atomic():
        free = _one_a_person(_free(wanted, now), wanted)
        return Delivery.objects.filter(_ripe(now), pk__in=free).update(
            state=State.LEASED, lease=mine, lease_until=now + LEASE, tries=F("tries") + 1
        )


def _free(wanted: list[str], now: datetime) -> QuerySet[Delivery]:
    """Locks what can be had, without waiting for what cannot."""
    under_way = Delivery.objects.filter(person_id=OuterRef("person_id"), state=State.LEASED).exclude(
        Q(pk=OuterRef("pk")) | Q(purpose__in=sorted(CLOSED_LIST))
    )
    ripe = Delivery.objects.filter(_ripe(now), pk__in=wanted)
    return (
        ripe.filter(Q(purpose__in=sorted(CLOSED_LIST)) | ~Exists(under_way))
        .select_related("person")
        .only("purpose", "person__id")
        .select_for_update(skip_locked=True, no_key=True, of=("self", "person"))
    )


def _one_a_person(free: QuerySet[Delivery], wanted: list[str]) -> list[str]:
    """Of what is free, the first of each person, in the order in which it was wanted; a code waits for nothing."""
    order, taken, spoken_to = {each: at for at, each in enumerate(wanted)}, [], set()
    for delivery in sorted(free, key=lambda one: order[one.pk]):
        if delivery.purpose in CLOSED_LIST:
            taken.append(delivery.pk)
        elif delivery.person_id not in spoken_to:
            spoken_to.add(delivery.person_id)
            taken.append(delivery.pk)
    return taken


def keep(lease: str, now: datetime) -> QuerySet[Delivery]:
    """What is still held by this lease; half its time is over: it holds for the whole time again."""
    held = Delivery.objects.filter(state=State.LEASED, lease=lease)
    held.filter(lease_until__lt=now + LEASE / 2).update(lease_until=now + LEASE)
    return held


def let_go(lease: str) -> int:
    """Gives back what was taken and not begun, as if it had not been taken; returns how many."""
    return Delivery.objects.filter(state=State.LEASED, lease=lease).update(
        state=State.WAITING, tries=F("tries") - 1, **GIVEN_BACK
    )


def hold_outbox(person_id: str) -> None:
    """Inside a transaction: nobody else moves this person's deliveries until it ends."""
    Person.objects.select_for_update(no_key=True).only("pk").get(pk=person_id)
