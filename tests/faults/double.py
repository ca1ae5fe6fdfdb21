"""G21: the same form pressed fifty times at once is one message and one answer, and so is a thousand times after that.
Other words with the same key are refused."""

import re
import threading
from collections import Counter

from .client import Answer, Client
from .figures import Figures
from .place import Prepared

TIMES = 50
RETRIES = 1_000  # of the phone that never heard the answer
# What differs between two renderings of the same line without meaning anything.
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    with town.place("double") as place, place.helper() as helper:
        circle = helper.ask("circle", count=2, mode="first_read")
        place.start()
        where, member = circle["conversation"], circle["members"][0]
        clients = [Client(place.base, member["session"]) for _ in range(TIMES)]
        answers = at_once(lambda at: clients[at].send(where, "Goede avond allemaal", "one-key-for-all"), TIMES)
        rows = helper.ask("messages_in", conversation=where)
        figures.exactly(f"rows after {TIMES} posts with one key", len(rows), 1)
        figures.exactly("statuses", _statuses(answers), f"200 x {TIMES}")
        again = retried(clients, where, 50 if fast else RETRIES)
        figures.exactly("rows after the retries", len(helper.ask("messages_in", conversation=where)), 1)
        figures.exactly("statuses of the retries", _statuses(again), f"200 x {len(again)}")
        lines = {TOKENS.sub("", answer.body) for answer in [*answers, *again] if answer and answer.status == 200}
        figures.exactly("different answers", len(lines), 1)
        other = Client(place.base, circle["members"][1]["session"])
        first = other.send(where, "Dag iedereen", "another-form")
        second = other.send(where, "Iets heel anders", "another-form")
        figures.exactly("status of the first words with a key", first.status, 200)
        figures.exactly("status of other words with that key", second.status, 409)
        figures.exactly("rows after that", len(helper.ask("messages_in", conversation=where)), 2)


def retried(clients: list[Client], where: str, times: int) -> list[Answer | None]:
    """The same words with the same key, again and again, ten phones at a time."""
    found: list[Answer | None] = []
    while len(found) < times:
        found += at_once(lambda at: clients[at].send(where, "Goede avond allemaal", "one-key-for-all"), 10)
    return found


def at_once(do, times: int) -> list:
    """Calls `do(at)` in so many threads that all begin together."""
    barrier, answers = threading.Barrier(times), [None] * times

    def one(at: int) -> None:
        barrier.wait()
        answers[at] = do(at)

    threads = [threading.Thread(target=one, args=(at,)) for at in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _statuses(answers: list[Answer | None]) -> str:
    counted = Counter(answer.status if answer else "broken" for answer in answers)
    return ", ".join(f"{status} x {count}" for status, count in sorted(counted.items(), key=str))
