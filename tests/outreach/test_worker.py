"""The worker: nothing twice, nothing lost, faults tried again, jobs run by one of several."""

import threading
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command

from audit.models import Seal
from audit.record import record
from outreach import jobs, worker
from outreach.actions import delivering, due_jobs, reach, reach_many
from outreach.actions.retention import forget_old
from outreach.channels import Permanent, Temporary
from outreach.faults import Fault
from outreach.models import Attempt, Delivery, JobRun, Notice
from outreach.vocabulary import Outcome, Purpose, State
from people.vocabulary import Rhythm
from tests.side_by_side import in_threads

from .conftest import NOON, make_parent, wants


def tell(*people, now=NOON, about="m1"):
    ids = [person.pk for person in people]
    reach_many(person_ids=ids, purpose=Purpose.DECISION, subject="x", subject_id=about, now=now)


@pytest.mark.django_db
def test_a_temporary_failure_is_tried_again_with_longer_waits_and_ends(parent, monkeypatch):
    def away(**_):
        raise Temporary("server_away")

    monkeypatch.setattr("outreach.channels.email.send", away)
    tell(parent)
    now, waited = NOON, []
    while worker.run_once(now).failed_for_now:
        waited.append(Delivery.objects.get().next_try_at - now)
        now += waited[-1]
    assert waited == delivering.WAITS
    assert Delivery.objects.get().state == State.FAILED
    assert Counter(Attempt.objects.values_list("outcome", flat=True)) == {"failed_for_now": 7, "failed": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (timedelta(0), delivering.WAITS[0]),
        (timedelta(seconds=5), delivering.WAITS[0]),  # no sooner than we would ourselves
        (timedelta(minutes=20), timedelta(minutes=20)),
        (timedelta(days=400), delivering.WAITS[-1]),  # nobody makes us wait for ever
    ],
)
def test_the_wait_that_the_other_side_asks_for_is_kept_within_bounds(parent, monkeypatch, asked, waits):
    def busy(**_):
        raise Temporary("gateway_busy", wait=asked)

    monkeypatch.setattr("outreach.channels.email.send", busy)
    tell(parent)
    assert worker.run_once(NOON).failed_for_now == 1
    assert Delivery.objects.get().next_try_at == NOON + waits
    assert Attempt.objects.get().until == NOON + waits


@pytest.mark.django_db
def test_nothing_is_tried_before_its_time(parent, monkeypatch, outbox):
    tell(parent)
    assert worker.run_once(NOON - timedelta(seconds=1)).sent == 0
    assert worker.run_once(NOON).sent == 1


@pytest.mark.django_db
def test_a_permanent_failure_ends_at_once(parent, monkeypatch):
    def refused(**_):
        raise Permanent(Fault.ADDRESS_REFUSED)

    monkeypatch.setattr("outreach.channels.email.send", refused)
    tell(parent)
    assert worker.run_once(NOON).failed == 1
    assert Attempt.objects.get().reason == "address_refused"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "what",
    [
        {"purpose": Purpose.SIGN_IN_CODE, "code": "12345678"},
        {"purpose": Purpose.RECOVERY_CODE, "code": "12345678", "to_address": "els@demo.invalid"},
        {"purpose": Purpose.ACCESS_CHANGED, "former_address": "old@demo.invalid"},
        {"purpose": Purpose.ACCESS_CHANGED},
    ],
)
def test_what_a_mailbox_refuses_for_good_ends_there_and_is_not_sent_to_it_again(parent, monkeypatch, what):
    tried = []

    def refuse(**_):
        tried.append(1)
        raise Permanent(Fault.ADDRESS_REFUSED)

    monkeypatch.setattr("outreach.channels.email.send", refuse)
    reach(person_id=parent.pk, now=NOON, **what)
    for _ in range(5):
        worker.deliver_due(worker.Counts(), NOON)
    assert len(tried) == 1
    assert Delivery.objects.get().state == State.FAILED


@pytest.mark.django_db
def test_a_fault_of_our_own_in_one_keeps_no_other_waiting(monkeypatch):
    first, second = make_parent(1), make_parent(2)
    for person in (first, second):
        wants(person)
    sent = []

    def send(*, address, **_):
        if address.startswith("parent1"):
            raise ZeroDivisionError
        sent.append(address)

    monkeypatch.setattr("outreach.channels.email.send", send)
    tell(first, second)
    counts = worker.run_once(NOON)
    assert (counts.sent, counts.failed_for_now, sent) == (1, 1, ["parent2@example.org"])


@pytest.mark.django_db
def test_every_move_is_in_the_table(parent, outbox, monkeypatch):
    """The states that rows really go through are those that the model lists."""
    tell(parent)
    seen = [Delivery.objects.get().state]
    real = delivering.deliver_one

    def watched(*given):
        seen.append(Delivery.objects.get().state)
        return real(*given)

    monkeypatch.setattr(delivering, "deliver_one", watched)
    worker.run_once(NOON)
    seen.append(Delivery.objects.get().state)
    assert seen == [State.WAITING, State.LEASED, State.SENT]
    assert all(after in Delivery.MOVES[before] for before, after in pairwise(seen))


@pytest.mark.django_db(transaction=True)
def test_a_due_job_is_run_by_one_of_several_workers(monkeypatch):
    ran = []

    def run(now):
        ran.append(now)
        time.sleep(0.05)  # long enough for the others to come by

    monkeypatch.setattr(due_jobs, "REGISTRY", {"test.count": jobs.Job("test.count", timedelta(hours=1), run)})
    in_threads(4, lambda: due_jobs.run_due(NOON))
    assert ran == [NOON]
    due_jobs.run_due(NOON + timedelta(minutes=59))
    due_jobs.run_due(NOON + timedelta(minutes=60))
    assert len(ran) == 2


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_again_soon_and_stops_nothing(monkeypatch):
    ran = []

    def fails(now):
        raise ZeroDivisionError

    register = {
        "test.fails": jobs.Job("test.fails", timedelta(hours=1), fails),
        "test.works": jobs.Job("test.works", timedelta(hours=1), ran.append),
    }
    monkeypatch.setattr(due_jobs, "REGISTRY", register)
    assert due_jobs.run_due(NOON) == 1
    row = JobRun.objects.get(name="test.fails")
    assert (row.failed_in_a_row, row.next_at, row.lease_until) == (1, NOON + timedelta(minutes=5), None)


def test_two_jobs_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(jobs, "REGISTRY", {})
    jobs.register("test.one", every=timedelta(hours=1), run=print)
    jobs.register("test.one", every=timedelta(hours=1), run=print)
    with pytest.raises(RuntimeError, match="Two jobs"):
        jobs.register("test.one", every=timedelta(hours=1), run=id)


@pytest.mark.django_db(transaction=True)
def test_it_runs_until_it_is_asked_to_stop_and_seals_meanwhile(lasting, outbox):
    person = make_parent()
    wants(person)
    tell(person)
    record("test.thing.happened")
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_forever, args=(stop,))
    thread.start()
    end = time.monotonic() + 10
    while time.monotonic() < end and not (outbox and Seal.objects.exists() and worker.is_alive()):
        time.sleep(0.02)
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert (len(outbox), worker.is_alive()) == (1, True)
    assert Seal.objects.exists()


@pytest.mark.django_db
def test_nobody_works_means_not_alive():
    assert not worker.is_alive()


@pytest.mark.django_db
def test_the_command_runs_one_round(parent, outbox, capsys):
    tell(parent)
    Delivery.objects.update(due_at=NOON - timedelta(days=400))
    call_command("work", once=True)
    assert capsys.readouterr().out.startswith("1 sent")


@pytest.mark.django_db
def test_what_is_settled_or_read_goes_after_ninety_days(parent, outbox):
    tell(parent)
    worker.run_once(NOON)
    Notice.objects.update(read_at=NOON, unread_key=None)
    quiet = make_parent(2)
    wants(quiet, Rhythm.OFTEN, quiet=[(NOON.time(), (NOON - timedelta(minutes=1)).time())])
    tell(quiet)  # still waits and is unread
    forget_old(NOON + timedelta(days=90))
    assert Delivery.objects.filter(person=parent).exists()
    forget_old(NOON + timedelta(days=90, seconds=1))
    assert not Delivery.objects.filter(person=parent).exists()
    assert not Attempt.objects.filter(outcome=Outcome.SENT).exists()
    assert (Notice.objects.get().person, Delivery.objects.get().person) == (quiet, quiet)


def test_a_round_counts_every_outcome_there_is():
    counts = worker.Counts()
    for outcome in Outcome:
        counts.add(outcome)
    assert [getattr(counts, outcome.value) for outcome in Outcome] == [1] * len(Outcome)
