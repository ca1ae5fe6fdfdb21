"""How a member of staff knows the people she works with. Nobody learns a name here that was not open to her before."""

from collections.abc import Iterable

from people.actor import Actor
from people.models import Person

from . import circles
from .company import company_of


def names_for(actor: Actor, person_ids: Iterable[str]) -> dict[str, str]:
    """A name for each, in the same number of statements for any: as the team calls whom she accompanies or stands
    around, else as the person chose in a group that is open to her; empty when she knows none.
    """
    wanted = sorted(set(person_ids))
    near = company_of(actor.person_id) & set(wanted)
    called = dict(Person.objects.filter(pk__in=near).values_list("pk", "name"))
    chosen = circles.names_for(actor, wanted)
    return {who: called.get(who) or chosen.get(who, "") for who in wanted}
