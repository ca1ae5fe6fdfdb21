"""People who write while something breaks. Each tries until a message is acknowledged, and keeps a journal of that."""

import itertools
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException

from .client import Client

AGAIN_SECONDS = 0.2


@dataclass
class Acknowledged:
    """What the server said yes to: the oracle is this, not the database."""

    key: str
    text: str
    item_id: str


@dataclass
class Writers:
    """So many threads that post as many different members, each message under a key of its own."""

    base: str
    conversation: str
    members: list[dict]
    hands: int = 4
    pause: float = 0.0
    journal: list[Acknowledged] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    broken: int = 0
    times: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self):
        self._stop, self._patience = threading.Event(), 90.0
        self._numbers = itertools.count(1)
        self._threads = [threading.Thread(target=self._write, args=(hand,)) for hand in range(self.hands)]

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, error, *_) -> None:
        self._patience = 0 if error else self._patience
        self.finish()

    def finish(self) -> None:
        """Begins nothing new; whatever was begun is tried until it is acknowledged."""
        self._stop.set()
        for thread in self._threads:
            thread.join(120)

    def _write(self, hand: int) -> None:
        mine = [Client(self.base, member["session"], timeout=10) for member in self.members[hand :: self.hands]]
        for client in itertools.cycle(mine):
            if self._stop.is_set():
                return
            number = next(self._numbers)
            self._until_acknowledged(client, f"key-{hand}-{number:06}", f"Bericht {in_letters(number)}")
            time.sleep(self.pause)

    def _until_acknowledged(self, client: Client, key: str, text: str) -> None:
        first = time.monotonic()
        while time.monotonic() < first + self._patience:
            began = time.monotonic()
            try:
                answer = client.send(self.conversation, text, key)
            except (OSError, HTTPException):
                self.broken += 1
            else:
                self.statuses[answer.status] += 1
                self.times.append((began, time.monotonic()))
                if answer.status == 200:
                    self.journal.append(Acknowledged(key, text, answer.item_id))
                    return
            time.sleep(AGAIN_SECONDS)


def in_letters(number: int) -> str:
    """A number as a word, so that the screening takes it for no telephone."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters = "abcdefghijklmnoprstu"[rest] + letters
    return letters or "a"


def faults_5xx(statuses: Counter) -> int:
    return sum(count for status, count in statuses.items() if status >= 500)
