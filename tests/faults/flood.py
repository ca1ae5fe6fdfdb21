"""G16: one account floods with 10,000 messages, as fast as they are answered (20 s of it with FAST=1). What is stored
in any minute stays within the limit, the rest hears when to come back, and nobody else notices.
"""

import contextlib
import threading
import time
from collections import Counter
from http.client import HTTPException

from .client import Client
from .figures import Figures, share
from .place import Prepared

WANTED, MOST_SECONDS, SHORT = 10_000, 900, 20
A_MINUTE = 60
HANDS = 4
STORED_AT_MOST = 30
OTHERS_P95_MS = 500
GROWTH_MB = 100


class Flood:
    """Several connections of one account that send as fast as they get answers."""

    def __init__(self, base: str, conversation: str, session: str, *, seconds: int, wanted: float):
        """Until so many were answered, and no longer than these seconds."""
        self.base, self.conversation, self.session = base, conversation, session
        self.until, self.wanted = time.monotonic() + seconds, wanted
        self.statuses: Counter = Counter()
        self.without_a_time = 0

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self.until and self.statuses.total() < self.wanted

    def run(self, hand: int) -> None:
        client, number = Client(self.base, self.session), 0
        while self.goes_on:
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
        began = time.monotonic()
        seconds, wanted = (SHORT, float("inf")) if fast else (MOST_SECONDS, WANTED)
        flood = Flood(place.base, where, flooder["session"], seconds=seconds, wanted=wanted)
        hands = [threading.Thread(target=flood.run, args=(hand,)) for hand in range(HANDS)]
        for hand in hands:
            hand.start()
        while flood.goes_on:
            _visit(place.base, where, reader, writer, times, rounds=1)
            time.sleep(1)
        for hand in hands:
            hand.join()
        figures.told("sent in", f"{time.monotonic() - began:.0f} s")
        rows = helper.ask("messages_in", conversation=where)
        stored = sorted(row["at"] for row in rows if row["key"].startswith("flood-"))
        figures.at_least("sent", flood.statuses.total(), 1 if fast else WANTED)
        figures.at_most("stored in any minute", _most_in_a_minute(stored), STORED_AT_MOST)
        figures.exactly("answers other than 200 and 429", flood.statuses.total() - _expected(flood), 0)
        figures.exactly("429 without Retry-After", flood.without_a_time, 0)
        figures.at_most("others' p95", share(times, 0.95) * 1000, float(OTHERS_P95_MS), " ms")
        figures.at_most("memory grown", place.memory() - before, float(GROWTH_MB), " MB")


def _most_in_a_minute(moments: list[float]) -> int:
    return max(sum(first <= at < first + A_MINUTE for at in moments) for first in moments)


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
