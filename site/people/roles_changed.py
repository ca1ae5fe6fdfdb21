"""Who wants to know when the roles of a person change: a list that upper packages add to when they start."""

from collections.abc import Callable

from .vocabulary import Role

_LISTENERS: list[Callable[[str, frozenset[Role]], None]] = []


def register(listener: Callable[[str, frozenset[Role]], None]) -> None:
    """`listener(person_id, roles)` runs inside the change's transaction."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell(*, person_id: str, roles: frozenset[Role]) -> None:
    for listener in _LISTENERS:
        listener(person_id, roles)
