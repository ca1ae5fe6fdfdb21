"""P15, second half: how fast one worker empties the outbox into a mail server on this computer.

The server is a process of its own. Everything of a delivery is in it: the planner asked again, the mail written and
handed over, the outcome noted and committed.
"""

import contextlib
import socket
import time

from django.conf import settings
from django.db import connection

from outreach import worker
from outreach.models import Delivery
from outreach.vocabulary import State
from tests.faults import notices_steps
from tests.faults.place import Place, free_port

from .measure import statements
from .report import tell

WARM_UP, MAILS = 50, 1000
GOAL = 200


def run(place: Place) -> None:
    port = free_port()
    place.spawn("-m", "tests.bench.sink", str(port))
    _wait_for(port)
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    persons = notices_steps.parents(count=WARM_UP + MAILS)
    notices_steps.tell(persons=persons[:WARM_UP])
    _drain()
    notices_steps.tell(persons=persons[WARM_UP:])
    wall, cpu = time.monotonic(), time.process_time()
    with statements() as seen:
        sent = _drain()
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    against = f"{sent} mails, one worker, {connection.vendor}; goal {GOAL}"
    tell("P15 the outbox empties", sent / wall, "mails a second", against)
    tell("P15 processor of the worker a mail", cpu * 1000 / sent, "ms", "the server is another process")
    tell("P15 statements a mail", len(seen) / sent, "statements", ", ".join(_kinds(seen, sent)))
    left = Delivery.objects.filter(subject="faults.notices").exclude(state=State.SENT).count()
    tell("P15 not sent", left, "mails", "goal 0")


def _drain() -> int:
    counts = worker.Counts()
    while worker.deliver_due(counts):
        pass
    return counts.sent


def _kinds(seen: list[str], sent: int) -> list[str]:
    """The statements that come for every mail, or for a good part of them."""
    counted = {kind: seen.count(kind) / sent for kind in sorted(set(seen))}
    return [f"{kind} x{often:.2f}" for kind, often in counted.items() if often > 0.1]


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("The mail server for the measurement did not start.")
