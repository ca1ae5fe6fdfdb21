"""G12: full, closed and kept apart are one refusal: the same bytes, no row, no line in the log, one class of time.

The three are asked in turn, each time in another order, so that what the computer does meanwhile hits all alike.
"""

import itertools
import re
import time
from statistics import median

from .client import Client
from .figures import Figures
from .place import Place, Prepared

ROUNDS, FAST_ROUNDS = 500, 200
RATIO = 1.2
CLASSIFIER = 0.60
NEW_EACH_TIME = re.compile(r'nonce-[\w+/=-]+|nonce="[^"]+"|(?:data-token|name="csrfmiddlewaretoken" value)="[^"]+"')
HEADERS = ("date", "expires", "set-cookie", "content-security-policy")


def run(town: Prepared, figures: Figures, *, fast: bool) -> None:
    rounds = FAST_ROUNDS if fast else ROUNDS
    with town.place("refusals") as place, place.helper() as helper:
        doors = helper.ask("refused_in_three_ways", key="door")
        staff = helper.ask("session", key="sofie")
        place.start()
        client = Client(place.base, staff)
        orders = list(itertools.permutations(doors))
        for reason in doors:
            _ask(client, doors[reason])  # the first of each kind warms what the others find warm
        helper.ask("history_holds")  # seals what was written before
        log, rows = _log(place), helper.ask("rows_of_tables")
        times, answers = {reason: [] for reason in doors}, {reason: set() for reason in doors}
        for number in range(rounds):
            for reason in orders[number % len(orders)]:
                taken, said = _ask(client, doors[reason])
                times[reason].append(taken)
                answers[reason].add(said)
        client.close()
        figures.exactly("different answers, all three kinds together", len(set.union(*answers.values())), 1)
        figures.exactly("statuses", sorted({one[0] for one in set.union(*answers.values())}), [403])
        after = helper.ask("rows_of_tables")
        figures.exactly("tables with another number of rows", [t for t in rows if rows[t] != after[t]], [])
        figures.exactly("lines in the log", _log(place)[len(log) :], [])
    _times(figures, times)


def _ask(client: Client, membership: str) -> tuple[float, tuple]:
    began = time.perf_counter()
    answer = client.post(f"/nl/work/members/{membership}/admit/", {})
    taken = time.perf_counter() - began
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name not in HEADERS))
    return taken, (answer.status, NEW_EACH_TIME.sub("", answer.body.replace(membership, "ID")), headers)


def _log(place: Place) -> list[str]:
    """What was said, but for the worker, which sends what the making of these groups left in its outbox."""
    lines = (place.folder / "output.log").read_text().splitlines()
    return [line for line in lines if '"event": "outbox"' not in line]


def _times(figures: Figures, times: dict[str, list[float]]) -> None:
    middle = {reason: median(taken) for reason, taken in times.items()}
    for reason, value in middle.items():
        figures.told(f"median of {reason}", f"{value * 1000:.2f} ms")
    figures.at_most("slowest median by the quickest", max(middle.values()) / min(middle.values()), RATIO)
    for other in ("full", "closed"):
        told_apart = _classifier(times["apart"], times[other])
        figures.at_most(f"telling apart from {other} by the time alone", told_apart, CLASSIFIER)


def _classifier(one: list[float], other: list[float]) -> float:
    """How often the best threshold guesses rightly which of two it was: half is chance, 1 is certain."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    below, best = [0, 0], 0.5
    for _, which in ordered:
        below[which] += 1
        shares = below[0] / len(one), below[1] / len(other)
        best = max(best, 0.5 + abs(shares[0] - shares[1]) / 2)
    return best
