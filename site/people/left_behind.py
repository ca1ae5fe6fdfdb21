"""What a change in the team leaves behind: upper packages say it in a sentence, and where somebody puts it right. This
package only shows it, to whom they say it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .actor import Actor


@dataclass(frozen=True)
class LeftBehind:
    """`address` and `act`: where it is put right, and the words of the way there; empty where nothing waits yet."""

    says: str
    hint: str = ""
    address: str = ""
    act: str = ""


@dataclass(frozen=True)
class Source:
    """`now(actor)`: what waits to be put right. `without(actor, staff_id)`: what would, if this person stopped."""

    now: Callable[[Actor], LeftBehind | None]
    without: Callable[[Actor, str], LeftBehind | None]


_SOURCES: list[Source] = []


def register(source: Source) -> None:
    if source not in _SOURCES:
        _SOURCES.append(source)


def now(actor: Actor) -> list[LeftBehind]:
    return [said for source in _SOURCES if (said := source.now(actor))]


def without(actor: Actor, staff_id: str) -> list[LeftBehind]:
    return [said for source in _SOURCES if (said := source.without(actor, staff_id))]
