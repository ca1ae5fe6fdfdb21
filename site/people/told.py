"""Who tells a person that someone else changed how she gets in: a list that upper packages add to when they start.

This package may not know the door to people. What is told says only that something changed, never what.
"""

from collections.abc import Callable

Teller = Callable[[str, str, str], None]
_TELLERS: list[Teller] = []


def register(teller: Teller) -> None:
    """`teller(person_id, what, by_id)` runs inside the change's transaction. `what` is a word: 'frozen', 'role'…"""
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def tell_always(*, person_id: str, what: str) -> None:
    """Also of what was done in her own name: it may have been someone who holds her open phone."""
    for teller in _TELLERS:
        teller(person_id, what, "")


def tell(*, person_id: str, what: str, by_id: str) -> None:
    """Nobody is told of what she did herself."""
    if person_id != by_id:
        for teller in _TELLERS:
            teller(person_id, what, by_id)
