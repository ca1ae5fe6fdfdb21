"""The register of relations: upper packages say how a relation is known; policies below them may ask.

A relation answers one question: which persons stand in it to this person. Unknown relations are empty.
"""

from collections.abc import Callable

_RELATIONS: dict[str, list[Callable[[str], set[str]]]] = {}


def register(name: str, answer: Callable[[str], set[str]]) -> None:
    """`answer(person_id)` gives person ids. Names: 'accompanies' and 'stands around' (staff → parents), and
    'accompanied by' (parent → staff).
    """
    _RELATIONS.setdefault(name, []).append(answer)


def related(name: str, person_id: str) -> set[str]:
    """Everyone who stands in this relation to the person, from all packages that know of it."""
    return set().union(*(answer(person_id) for answer in _RELATIONS.get(name, [])))
