"""G16: one account floods for a minute (20 s in the short part). What is stored stays within the limit, the rest hears
when to come back, and nobody else notices.
"""

import contextlib
import threading
import time
from collections import Counter
from http.client import HTTPException

from .client import Client
from .figures import Figures, share
from .place import Prepared

SECONDS, SHORT = 60, 20
HANDS = 4
STORED_AT_MOST = 30
OTHERS_P95_MS = 500
GROWTH_MB = 100


class Flood:
    """Several connections of one account that send as fast as they get answers."""

    def __init__(self, base: str, conversation: str, session: str, seconds: int):
        self.base, self.conversation, self.session = base, conversation, session
        self.until = time.monotonic() + seconds
        self.statuses: Counter = Counter()
        self.without_a_time = 0

    def run(self, hand: int) -> None:
        client, number = Client(self.base, self.session), 0
        while time.monotonic() < self.until:
            number += 1
            with contextlib.suppress(OSError, HTTPException):
                answer = client.send(self.conversation, f"Stortvloed {number}", f"flood-{hand}-{number}")
                self.statuses[answer.status] += 1
                if answer.status == 429 and not answer.headers.get("retry-after", "").isdigit():
                    self.without_a_time += 1


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("flood") as place, place.helper() as helper:
        circle = helper.ask("circle", count=3, mode="first_read")
        place.start()
        where, (flooder, reader, writer) = circle["conversation"], circle["members"]
        times: list[float] = []
        _visit(place.base, where, reader, writer, times, rounds=3)
        before, times[:] = place.memory(), []
        flood = Flood(place.base, where, flooder["session"], SHORT if fast else SECONDS)
        hands = [threading.Thread(target=flood.run, args=(hand,)) for hand in range(HANDS)]
        for hand in hands:
            hand.start()
        while time.monotonic() < flood.until:
            _visit(place.base, where, reader, writer, times, rounds=1)
            time.sleep(1)
        for hand in hands:
            hand.join()
        keys = [row["key"] for row in helper.ask("messages_in", conversation=where)]
        figures.told("sent", sum(flood.statuses.values()))
        figures.at_most(
            f"stored in {SHORT if fast else SECONDS} s", sum(key.startswith("flood-") for key in keys), STORED_AT_MOST
        )
        figures.exactly("answers other than 200 and 429", sum(flood.statuses.values()) - _expected(flood), 0)
        figures.exactly("429 without Retry-After", flood.without_a_time, 0)
        figures.at_most("others' p95", share(times, 0.95) * 1000, float(OTHERS_P95_MS), " ms")
        figures.at_most("memory grown", place.memory() - before, float(GROWTH_MB), " MB")


def _expected(flood: Flood) -> int:
    return flood.statuses[200] + flood.statuses[429]


def _visit(base: str, where: str, reader: dict, writer: dict, times: list[float], *, rounds: int) -> None:
    """Two other members: one reads the conversation, one writes in it, as people do."""
    for number in range(rounds):
        began = time.monotonic()
        Client(base, reader["session"]).get(f"/nl/g/c/{where}/")
        times.append(time.monotonic() - began)
        if len(times) % 4 == 0:
            began = time.monotonic()
            Client(base, writer["session"]).send(where, "Een gewoon bericht", f"calm-{number}-{began}")
            times.append(time.monotonic() - began)
