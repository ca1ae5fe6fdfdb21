"""Parents whom the team knows through one colleague alone: without an account, in no group, with nobody else around."""

from dataclasses import dataclass

from people.actor import Actor

from .models import Around
from .names import names_for


@dataclass(frozen=True)
class Alone:
    person_id: str
    name: str


def alone_with(actor: Actor) -> list[Alone]:
    """Whom nobody would see while this actor is away. Two statements."""
    standing = Around.objects.filter(agreed_at__isnull=False, ended_at__isnull=True, person__account__isnull=True)
    mine = set(standing.filter(staff_id=actor.person_id).values_list("person_id", flat=True))
    others = standing.filter(person_id__in=mine).exclude(staff_id=actor.person_id)
    alone = mine - set(others.values_list("person_id", flat=True))
    found = [Alone(person_id, name) for person_id, name in names_for(actor, alone).items()]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))
