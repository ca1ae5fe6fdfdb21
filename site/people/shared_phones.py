"""Who wants to know when a person says that others use her phone too: a list that upper packages add to at start."""

from collections.abc import Callable

_LISTENERS: list[Callable[[str], None]] = []


def register(listener: Callable[[str], None]) -> None:
    """`listener(sign_in_id)` runs inside the change's transaction."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell(sign_in_id: str) -> None:
    for listener in _LISTENERS:
        listener(sign_in_id)
