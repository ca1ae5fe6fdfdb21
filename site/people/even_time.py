"""Answers that take the same time whoever they are about: a clock must not tell a stranger who is here."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

# Ten times what the longest way takes on a quiet computer.
SECONDS = 0.2


@contextmanager
def even_time(seconds: float = SECONDS) -> Iterator[None]:
    """What stands inside ends no sooner than this, also when it refuses."""
    until = time.monotonic() + seconds
    try:
        yield
    finally:
        time.sleep(max(0.0, until - time.monotonic()))
