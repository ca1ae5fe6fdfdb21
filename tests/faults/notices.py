"""G45 for notices: kill -9 of the worker at random moments while notices pile up. None is lost, none is doubled.

A worker that dies between handing a mail over and noting it hands it over again, with the same Message-ID: a mail
server or a reader that sees it twice knows it as one. What may not happen is a second Message-ID for one notice.
"""

import random
import re
import signal
import time
from collections import Counter, defaultdict

from tests.smtp_sink import SmtpSink

from .figures import Figures
from .place import Place, Prepared

MESSAGE_ID = re.compile(rb"(?mi)^Message-ID: <([\w-]{22})@")
SECONDS = 60


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    kills, notices = (3, 120) if fast else (50, 2000)
    with SmtpSink() as sink, town.place("notices") as place:
        place.env["EMAIL_URL"] = sink.url
        with place.helper("tests.faults.notices_steps") as helper:
            persons = helper.ask("parents", count=notices)
            held = 0
            for number in range(kills):
                part = persons[number * notices // kills : (number + 1) * notices // kills]
                worker, before = place.spawn("site/manage.py", "work"), len(sink.mails)
                helper.ask("tell", persons=part)
                _let_it_send(sink, before + random.randint(1, max(1, len(part) - 1)))
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                held += helper.ask("let_leases_run_out")
            _let_it_finish(place, helper)
            figures.exactly("kills", kills, kills)
            figures.told("killed with a notice in hand", held)
            _compare(sink, helper.ask("became"), notices, figures)


def _let_it_send(sink: SmtpSink, wanted: int) -> None:
    """The worker is in the middle of it when it dies, at any point of one notice."""
    until = time.monotonic() + SECONDS
    while len(sink.mails) < wanted and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(random.random() * 0.02)


def _let_it_finish(place: Place, helper) -> None:
    """As long as it takes, but not longer than it moves."""
    place.spawn("site/manage.py", "work")
    left, until = helper.ask("alive"), time.monotonic() + SECONDS
    while left and time.monotonic() < until:
        time.sleep(0.2)
        now_left = helper.ask("alive")
        if now_left < left:
            left, until = now_left, time.monotonic() + SECONDS
    place.stop()


def _compare(sink: SmtpSink, became: dict, notices: int, figures: Figures) -> None:
    came = defaultdict(Counter)
    for recipients, mail in sink.mails:
        came[recipients[0]][MESSAGE_ID.search(mail).group(1).decode()] += 1
    ours = {address: came[address] for address, _ in became["sent"]}
    figures.exactly("noted as sent", became["states"], {"sent": notices})
    figures.exactly("lost", len([one for one, message_id in became["sent"] if not ours[one][message_id]]), 0)
    figures.exactly("doubled", sum(len(ids) - 1 for ids in ours.values() if len(ids) > 1), 0)
    again = sum(sum(ids.values()) - len(ids) for ids in ours.values())
    figures.told("handed over again with the same Message-ID", again)
