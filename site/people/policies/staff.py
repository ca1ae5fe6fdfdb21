"""Staff: who invites whom. The technical administrator brings in coordinators, coordinators everyone else.

Nobody grants or withdraws a role of their own, and nobody invites their own role but the technical administrator.
"""

from people.actor import Actor
from people.models import Account, Person
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

MANAGERS = (Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR)
GRANTS = {
    Role.COORDINATOR: frozenset({Role.FACILITATOR, Role.MODERATOR, Role.EDITOR, Role.PARTNER}),
    Role.TECHNICAL_ADMINISTRATOR: frozenset({Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR}),
}


def grantable_by(actor: Actor) -> list[Role]:
    """The roles this person may grant and withdraw, in the order of the enum."""
    allowed = frozenset().union(*(GRANTS.get(role, frozenset()) for role in actor.roles))
    return [role for role in Role if role in allowed]


def _may_grant(actor: Actor, role: Role) -> None:
    if role not in grantable_by(actor):
        raise Refused(Reason.NOT_YOURS)


@policy("people:staff:see", roles=MANAGERS)
def see_staff(actor: Actor) -> None:
    """The list of staff with their roles."""


@policy("people:staff:invite", roles=MANAGERS)
def invite_staff(actor: Actor, role: Role | None = None, person: Person | None = None) -> None:
    """For a role that one may grant; never oneself, and no link to an account with a role that others grant."""
    if role is not None:
        _may_grant(actor, role)
    if person is None:
        return
    if person.pk == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    if not set(held_by(person)) <= set(grantable_by(actor)):
        raise Refused(Reason.OTHERS_GRANT)


@policy("people:staff:reset", roles=MANAGERS)
def reset_second_factor(actor: Actor, account: Account) -> None:
    """Takes a lost second factor away; only of staff whose roles one may grant, never one's own."""
    if account.person_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    for role in held_by(account.person):
        _may_grant(actor, role)


@policy("people:role:grant", roles=MANAGERS)
def grant_role(actor: Actor, person: Person, role: Role) -> None:
    """The administrator coordinators and administrators, the coordinator all others; never to oneself."""
    if person.pk == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    _may_grant(actor, role)


@policy("people:role:withdraw", roles=MANAGERS)
def withdraw_role(actor: Actor, person: Person, role: Role) -> None:
    """As granting it; never from oneself."""
    if person.pk == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    _may_grant(actor, role)


@policy("people:organisation:change", roles=(Role.COORDINATOR,))
def change_organisations(actor: Actor) -> None:
    """Who staff work for, as parents read it."""


def held_by(person: Person) -> list[Role]:
    return [grant.as_role for grant in person.grants.all() if grant.withdrawn_at is None]
