"""Runs things at the same moment, in threads of their own, each with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connections

from people.policy import Refused
from people.vocabulary import Reason


def at_once(*calls: Callable[[], object]) -> list:
    """All start together. What each came to: what it returned, why it was refused, or the fault that it met."""
    gate, became = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        try:
            became[place] = call()
        except Refused as refusal:
            became[place] = refusal.reason
        except Exception as fault:
            became[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return became


def in_threads(count: int, do: Callable[[], object]) -> None:
    """The same thing so many times at once; what any of them was refused or met is a failure of the test."""
    assert [one for one in at_once(*[do] * count) if isinstance(one, Reason | Exception)] == []


def why_not_at_once(*calls: Callable[[], object]) -> list:
    """Why each was refused, or the fault that it met; nothing where it went well."""
    return [one if isinstance(one, Reason | Exception) else None for one in at_once(*calls)]
