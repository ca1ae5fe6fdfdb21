"""The worker: delivers the outbox, seals the audit rows, runs due jobs. As many as wanted may run at once.

`run_once` is one round, for tests and commands; `run_forever` goes on until it is asked to stop, and outlives a
database that is away for a while.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, IntegrityError, close_old_connections, connections
from django.utils import timezone

from audit.sealer import seal_pending

from .actions import delivering, due_jobs, leasing
from .channels import email
from .models import Delivery, JobRun
from .vocabulary import Outcome

BATCH = 50
HANDFUL = 25  # few enough that a wish is never read long before it is obeyed
ALIVE_SECONDS = 120
BEAT_SECONDS = 30.0
OUTBOX_SECONDS = 1.0
SEAL_SECONDS = 4.0
JOB_SECONDS = 30.0
AFTER_A_FAULT_SECONDS = 5.0

log = structlog.get_logger("kring.outreach")


@dataclass
class Counts:
    """What one round did."""

    sent: int = 0
    handed: int = 0
    other_way: int = 0
    put_off: int = 0
    withheld: int = 0
    dropped: int = 0
    failed_for_now: int = 0
    failed: int = 0
    sealed: int = 0
    jobs: int = 0

    def add(self, outcome: Outcome | None) -> None:
        if outcome:
            setattr(self, outcome.value, getattr(self, outcome.value) + 1)


def run_once(now: datetime | None = None) -> Counts:
    """One round of everything. With `now`, that is the moment for all of it."""
    counts = Counts()
    deliver_due(counts, now)
    counts.sealed = seal(now)
    counts.jobs = due_jobs.run_due(now or timezone.now())
    return counts


def deliver_due(counts: Counts, now: datetime | None = None, stop: threading.Event | None = None) -> int:
    """Delivers what is due, at most one batch; returns how many were taken. With `stop` set it takes no more."""
    taken = 0
    with email.one_line():
        ids = leasing.due_ids(now or timezone.now(), BATCH)
        for start in range(0, len(ids), HANDFUL):
            if stop is not None and stop.is_set():
                break
            handful = ids[start : start + HANDFUL]
            taken += _deliver_handful(handful, counts, (lambda: now) if now else timezone.now, stop)
    return taken


def _deliver_handful(
    ids: list[str], counts: Counts, clock: Callable[[], datetime], stop: threading.Event | None
) -> int:
    """One after another; what gets old in the hand is read anew, and what is not begun is put back."""
    held_by, taken = leasing.lease(ids, clock()), 0
    while held_by and (hand := delivering.in_hand(held_by, clock())).deliveries:
        for at, delivery in enumerate(hand.deliveries):
            if stop is not None and stop.is_set():
                leasing.let_go(held_by)
                return taken
            if at and hand.is_stale:  # the first is always as fresh as it can be
                break
            counts.add(_deliver(delivery, hand, clock()))
            taken += 1
        else:
            break
    return taken


def _deliver(delivery: Delivery, hand: delivering.Hand, now: datetime) -> Outcome | None:
    """One delivery; a fault of ours in it must not keep the others waiting."""
    try:
        return delivering.deliver_one(delivery, hand, now)
    except DatabaseError:
        raise
    except Exception:
        log.exception("delivery_failed")
        return delivering.give_back(delivery, now=now)


def seal(now: datetime | None = None) -> int:
    """Seals audit rows; when another worker was quicker, there is nothing to do."""
    try:
        return seal_pending(now=now)
    except IntegrityError:
        return 0


def is_alive(now: datetime | None = None) -> bool:
    """Whether some worker of this portal, in any process, worked in the last two minutes."""
    since = (now or timezone.now()) - timedelta(seconds=ALIVE_SECONDS)
    try:
        return JobRun.objects.filter(name=due_jobs.BEAT, finished_at__gt=since).exists()
    except DatabaseError:
        return False


def run_forever(stop: threading.Event) -> None:
    """Works until `stop` is set; what it holds is finished first. A slow mail server delays no seal and no job."""
    beside = [
        threading.Thread(target=_repeat, args=(stop, SEAL_SECONDS, seal), name="kring-sealer"),
        threading.Thread(target=_repeat, args=(stop, JOB_SECONDS, _jobs), name="kring-jobs"),
        threading.Thread(target=_repeat, args=(stop, BEAT_SECONDS, _beat), name="kring-beat"),
    ]
    for thread in beside:
        thread.start()
    _repeat(stop, OUTBOX_SECONDS, lambda: _outbox(stop))
    for thread in beside:
        thread.join()


def _repeat(stop: threading.Event, seconds: float, do: Callable[[], object]) -> None:
    """Does it again and again in this thread, and outlives a database that is away for a while."""
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                do()
            except Exception:  # the next round may be well again; the log says the kind and the place
                log.exception("worker_round_failed")
                connections.close_all()
                stop.wait(AFTER_A_FAULT_SECONDS)
            stop.wait(seconds)
    finally:
        connections.close_all()


def _outbox(stop: threading.Event) -> None:
    counts = Counts()
    while deliver_due(counts, stop=stop) and not stop.is_set():
        pass
    if counts.sent or counts.failed or counts.failed_for_now:
        log.info("outbox", count=counts.sent, attempt=counts.failed + counts.failed_for_now)


def _jobs() -> int:
    return due_jobs.run_due(timezone.now())


def _beat() -> None:
    due_jobs.beat(timezone.now())
