"""Households and marks to keep apart: for facilitators who know one of the people, and the coordinator. Never shown."""

from people.actor import Actor
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from .sessions import accompanies

KEEPERS = (Role.FACILITATOR, Role.COORDINATOR)


def _knows_one(actor: Actor, *person_ids: str) -> None:
    if actor.person_id in person_ids:
        raise Refused(Reason.OWN_CASE)
    if Role.COORDINATOR not in actor.roles and not any(accompanies(actor, person) for person in person_ids):
        raise Refused(Reason.NOT_YOURS)


@policy("people:keep_apart:mark", roles=KEEPERS)
def mark_apart(actor: Actor, one: str, other: str) -> None:
    """A facilitator who accompanies one of the two, or the coordinator; never about oneself."""
    _knows_one(actor, one, other)


@policy("people:keep_apart:lift", roles=KEEPERS)
def lift_mark(actor: Actor, one: str, other: str) -> None:
    """A facilitator who accompanies one of the two, or the coordinator; never about oneself."""
    _knows_one(actor, one, other)


@policy("people:household:change", roles=KEEPERS)
def change_household(actor: Actor, *person_ids: str) -> None:
    """A facilitator who accompanies one of the people, or the coordinator; never of one's own."""
    _knows_one(actor, *person_ids)
