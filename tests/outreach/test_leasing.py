"""Who delivers what: never two workers for one person, nothing held back for ever, nothing sent on an old wish."""

import threading
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest

from outreach import worker
from outreach.actions import delivering, leasing, reach, reach_many
from outreach.models import Delivery
from outreach.vocabulary import Purpose, State
from people.vocabulary import Rhythm
from tests.side_by_side import in_threads

from .conftest import NOON, make_parent, wants


def tell(*people, about="m1", now=NOON):
    ids = [person.pk for person in people]
    reach_many(person_ids=ids, purpose=Purpose.DECISION, subject="x", subject_id=about, now=now)


def crowd(count: int):
    people = [make_parent(number) for number in range(count)]
    for person in people:
        wants(person)
    return people


@pytest.mark.django_db
def test_after_a_crash_the_same_mail_goes_again_with_the_same_id(parent, outbox):
    tell(parent)
    delivery = Delivery.objects.get()
    assert leasing.lease([delivery.pk], NOON)  # this worker dies here
    assert worker.run_once(NOON + timedelta(seconds=60)).sent == 0
    assert worker.run_once(NOON + leasing.LEASE).sent == 1
    assert outbox[0][2] == delivery.message_id


@pytest.mark.django_db
def test_who_lost_the_lease_changes_nothing(parent, outbox):
    tell(parent)
    delivery = Delivery.objects.get()
    lost = leasing.lease([delivery.pk], NOON)
    hand = delivering.in_hand(lost, NOON)
    assert leasing.lease([delivery.pk], NOON + leasing.LEASE)
    assert delivering.deliver(lost, now=NOON) == []
    assert delivering.give_back(hand.deliveries[0], now=NOON) is None
    assert outbox == []


@pytest.mark.django_db
def test_one_person_is_written_to_by_one_worker_at_a_time(parent):
    tell(parent)
    tell(parent, about="m2")
    first, second = Delivery.objects.values_list("pk", flat=True)
    assert leasing.lease([first], NOON)
    assert leasing.lease([second], NOON) == ""
    reach(person_id=parent.pk, purpose=Purpose.SIGN_IN_CODE, code="1", now=NOON)
    assert leasing.lease([Delivery.objects.get(purpose=Purpose.SIGN_IN_CODE).pk], NOON)  # a code does not wait


@pytest.mark.django_db
def test_a_handful_is_one_of_each_person_and_the_first_of_hers():
    one, other = crowd(2)
    tell(one, other, about="m1", now=NOON - timedelta(minutes=1))
    tell(one, other, about="m2")
    held = delivering.in_hand(leasing.lease(leasing.due_ids(NOON, 10), NOON), NOON)
    assert {row.person_id: row.subject_id for row in held.deliveries} == {one.pk: "m1", other.pk: "m1"}


@pytest.mark.django_db
def test_one_that_somebody_else_has_spoils_no_other(monkeypatch):
    one, other = crowd(2)
    tell(one, other)
    tell(one, about="m2")
    theirs = Delivery.objects.get(person=one, subject_id="m1")
    assert leasing.lease([theirs.pk], NOON)
    # Blind to what is under way, as when the other worker commits a moment after this one has looked.
    monkeypatch.setattr(leasing, "_free", lambda wanted, now: Delivery.objects.filter(pk__in=wanted))
    mine = leasing.lease(list(Delivery.objects.filter(state=State.WAITING).values_list("pk", flat=True)), NOON)
    assert [row.person_id for row in leasing.keep(mine, NOON)] == [other.pk]


@pytest.mark.django_db
def test_a_lease_that_is_used_is_made_longer_and_a_lost_one_is_not():
    (person,) = crowd(1)
    tell(person)
    ids = leasing.due_ids(NOON, 10)
    mine = leasing.lease(ids, NOON)
    later = NOON + leasing.LEASE - timedelta(seconds=5)
    assert leasing.keep(mine, later).count() == 1
    assert Delivery.objects.get().lease_until == later + leasing.LEASE
    assert leasing.lease(ids, NOON + leasing.LEASE) == ""
    theirs = leasing.lease(ids, later + leasing.LEASE)
    assert theirs
    assert leasing.keep(mine, later + leasing.LEASE).count() == 0


@pytest.mark.django_db
def test_asked_to_stop_it_puts_back_what_it_did_not_begin(outbox, monkeypatch):
    tell(*crowd(3))
    stop = threading.Event()
    real = delivering.deliver_one
    monkeypatch.setattr(delivering, "deliver_one", lambda *given: (stop.set(), real(*given))[1])
    assert worker.deliver_due(worker.Counts(), NOON, stop) == 1
    assert len(outbox) == 1
    assert sorted(Delivery.objects.values_list("state", "tries")) == [
        (State.SENT, 1),
        (State.WAITING, 0),
        (State.WAITING, 0),
    ]


@pytest.mark.django_db
def test_a_wish_changed_while_a_slow_server_holds_up_the_handful_is_obeyed(monkeypatch):
    people = crowd(3)
    tell(*people)
    sent, monotonic = [], [0.0]
    monkeypatch.setattr(delivering.time, "monotonic", lambda: monotonic[0])

    def slow(*, address, **_):
        sent.append(address)
        monotonic[0] += delivering.FRESH_SECONDS + 0.1
        for person in people:
            wants(person, Rhythm.QUIET, now=NOON)

    monkeypatch.setattr("outreach.channels.email.send", slow)
    counts = worker.Counts()
    while worker.deliver_due(counts, NOON):
        pass
    assert (len(sent), counts.sent, counts.withheld) == (1, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_mail_once(lasting, outbox):
    people = crowd(25)
    for about in ("m1", "m2", "m3"):
        tell(*people, about=about)

    def work() -> None:
        while Delivery.objects.filter(state__in=[State.WAITING, State.LEASED]).exists():
            worker.deliver_due(worker.Counts(), NOON)

    in_threads(4, work)
    assert Counter(address for address, _, _ in outbox) == {f"parent{number}@example.org": 1 for number in range(25)}
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.SENT: 25, State.DROPPED: 50}


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_a_wish_that_changes_never_wait_for_each_other_in_a_ring(lasting, outbox, monkeypatch):
    """Both move the same two deliveries, in opposite orders, and each stops after its first."""
    (person,) = crowd(1)
    tell(person, about="m0", now=NOON - timedelta(minutes=1))
    held = leasing.lease(leasing.due_ids(NOON, 1), NOON)
    for about in ("m1", "m2"):
        tell(person, about=about)
    waits, withhold = delivering._what_else_waits, delivering._withhold
    other_way_round = {person.pk: list(reversed(waits({person.pk})[person.pk]))}
    monkeypatch.setattr(delivering, "_what_else_waits", lambda persons: other_way_round)
    meet, is_first = threading.Barrier(2), threading.local()

    def stops_after_the_first(*given, **more):
        outcome = withhold(*given, **more)
        if not hasattr(is_first, "over"):
            is_first.over = True
            with suppress(threading.BrokenBarrierError):
                meet.wait(timeout=1)  # who has to wait for the other never comes here
        return outcome

    monkeypatch.setattr(delivering, "_withhold", stops_after_the_first)
    works = iter((lambda: delivering.deliver(held, now=NOON), lambda: wants(person, Rhythm.QUIET, now=NOON)))
    in_threads(2, lambda: next(works)())
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states[State.SENT] == len(outbox) <= 1  # none when the wish was there first
    assert states[State.SENT] + states[State.DROPPED] + states[State.WITHHELD] == 3
