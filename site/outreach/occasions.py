"""What else happens when a round begins: upper packages register what they answer to an occasion with.

A responder is called once, in the transaction that confirms a round, with the kind and day of what happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Happened:
    """An occasion, as far as others need to know of it. The title stays with the team."""

    occasion_id: str
    kind: str
    day: date
    by_id: str
    at: datetime


Responder = Callable[[Happened], None]
_RESPONDERS: dict[str, Responder] = {}


def register_responder(name: str, respond: Responder) -> None:
    """`name` is `area.verb_phrase`. Refuses two responders of one name."""
    if _RESPONDERS.get(name, respond) is not respond:
        raise RuntimeError(f"Two responders named {name!r}.")
    _RESPONDERS[name] = respond


def respond_to(happened: Happened) -> None:
    for name in sorted(_RESPONDERS):
        _RESPONDERS[name](happened)
