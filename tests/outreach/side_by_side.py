"""Runs the same thing in several threads at once, each with a connection of its own."""

import threading

from django.db import connections


def in_threads(count: int, do) -> None:
    """All start together; what any of them raised is a failure of the test."""
    start, faults = threading.Barrier(count), []

    def run() -> None:
        start.wait()
        try:
            do()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
