"""The register of circles: upper packages say which circles a member of staff accompanies, who is in them, how the team
calls those, and who of the staff accompanies each. Outreach knows a circle by its id and name only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from people.actor import Actor


@dataclass(frozen=True)
class Circle:
    """People whom one team accompanies together."""

    id: str
    name: str
    person_ids: frozenset[str]


@dataclass(frozen=True)
class Team:
    """Those of the staff who accompany one circle. Says nothing of who is in it."""

    id: str
    name: str
    staff_ids: frozenset[str]


@dataclass(frozen=True)
class Source:
    of: Callable[[Actor], list[Circle]]
    teams: Callable[[Actor], list[Team]]
    names_for: Callable[[Actor, Iterable[str]], dict[str, str]]
    staff_of: Callable[[Iterable[str], str], dict[str, set[str]]]


_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """`of(actor)`: the circles that this actor accompanies. `teams(actor)`: the teams whose duty this actor sees.
    `names_for(actor, person_ids)`: how persons are called in them. `staff_of(person_ids, seen_by)`: who accompanies
    each; of a member of staff given, in circles that she accompanies too. Each in a fixed number of statements."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def circles_of(actor: Actor) -> list[Circle]:
    return [circle for source in _SOURCES for circle in source.of(actor)]


def teams_of(actor: Actor) -> list[Team]:
    """Asked once for the life of an actor."""
    return actor.remember("outreach.teams", lambda: [team for source in _SOURCES for team in source.teams(actor)])


def names_for(actor: Actor, person_ids: Iterable[str]) -> dict[str, str]:
    wanted, names = sorted(set(person_ids)), {}
    for source in _SOURCES:
        names.update(source.names_for(actor, wanted))
    return names


def staff_of(person_ids: Iterable[str], *, seen_by: str = "") -> dict[str, set[str]]:
    """Who of the staff accompanies each of these persons. `seen_by`: as far as this member of staff may know: a
    colleague from elsewhere would tell her that a parent is there too, and with what.
    """
    wanted, found = sorted(set(person_ids)), {}
    for source in _SOURCES:
        for person, staff in source.staff_of(wanted, seen_by).items():
            found[person] = found.get(person, set()) | staff
    return found
