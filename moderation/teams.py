"""The register of teams: upper packages say whose queue a person reads, who is in a team, and how it is called.

Moderation knows a team by its id only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from people.actor import Actor
from people.queries import staff_with
from people.vocabulary import Role

IdsOf = Callable[[Actor], set[str]]
PeopleOf = Callable[[str], Iterable[str]]
NamesOf = Callable[[Iterable[str]], dict[str, str]]


@dataclass(frozen=True)
class Source:
    ids_of: IdsOf
    people_of: PeopleOf | None = None
    names_of: NamesOf | None = None


_SOURCES: list[Source] = []


def register(ids_of: IdsOf, people_of: PeopleOf | None = None, names_of: NamesOf | None = None) -> None:
    """`ids_of(actor)`: the teams whose queue this actor reads. `people_of(team_id)`: who accompanies there.
    `names_of(team_ids)`: how the team calls each, in one question."""
    _SOURCES.append(Source(ids_of, people_of, names_of))


def ids_of(actor: Actor) -> set[str]:
    return set().union(*(set(source.ids_of(actor)) for source in _SOURCES))


def own_ids_of(actor: Actor) -> set[str]:
    """The same by relation alone, without what being on duty adds."""
    if Role.MODERATOR not in actor.roles:
        return ids_of(actor)
    return ids_of(anew(actor, actor.roles - {Role.MODERATOR}))


def anew(actor: Actor, roles: frozenset[Role] | None = None) -> Actor:
    """The same person with nothing remembered: relations are asked once more. Also for the lazy actor of a request."""
    return Actor(
        person_id=actor.person_id,
        account_id=actor.account_id,
        roles=actor.roles if roles is None else roles,
        language=actor.language,
    )


def people_of(team_id: str) -> set[str]:
    """Everyone who may read this team's queue now: those who accompany it, and the moderators on duty."""
    people = {person.pk for person in staff_with(Role.MODERATOR)}
    for source in _SOURCES:
        if source.people_of:
            people |= set(source.people_of(team_id))
    return people


def names_of(team_ids: Iterable[str]) -> dict[str, str]:
    wanted, names = sorted(set(team_ids)), {}
    for source in _SOURCES:
        if source.names_of and wanted:
            names.update(source.names_of(wanted))
    return names
