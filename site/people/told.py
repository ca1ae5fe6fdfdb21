"""Who tells a person that someone else changed how she gets in: a list that upper packages add to when they start.

This package may not know the door to people. What is told says only that something changed, never what.
"""

from collections.abc import Callable

Teller = Callable[..., None]
_TELLERS: list[Teller] = []


def register(teller: Teller) -> None:
    """`teller(person_id, what, by_id)` runs inside the change's transaction. `what` is a word: 'frozen', 'role'…

    With a change of address comes `former_address`: word of it goes there.
    """
    if teller not in _TELLERS:
        _TELLERS.append(teller)


def tell_always(*, person_id: str, what: str, former_address: str = "") -> None:
    """Also of what was done in her own name: it may have been someone who holds her open phone."""
    where = {"former_address": former_address} if former_address else {}
    for teller in _TELLERS:
        teller(person_id, what, "", **where)


def tell(*, person_id: str, what: str, by_id: str) -> None:
    """Nobody is told of what she did herself."""
    if person_id != by_id:
        for teller in _TELLERS:
            teller(person_id, what, by_id)
