"""The register of due jobs: what the worker runs from time to time. One of several workers runs each.

Areas register theirs in `AppConfig.ready()`; a job is called with the moment and must be safe to run twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[datetime], object]


REGISTRY: dict[str, Job] = {}


def register(name: str, *, every: timedelta, run: Callable[[datetime], object]) -> None:
    """`name` is `area.verb_phrase`. Refuses two jobs of one name."""
    if name in REGISTRY and REGISTRY[name].run is not run:
        raise RuntimeError(f"Two jobs named {name!r}.")
    REGISTRY[name] = Job(name, every, run)
