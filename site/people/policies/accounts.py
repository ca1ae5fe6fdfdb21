"""Accounts: opened for parents by those who accompany them; changed by their owner; shut at once when someone asks."""

from people.actor import Actor
from people.models import Account, NewWayIn, Person
from people.policy import Refused, policy
from people.vocabulary import Reason, Role

from . import SIGNED_IN, SIGNED_IN_OR_UNPROVEN
from .sessions import accompanies, stands_around
from .staff import grantable_by, held_by


@policy("people:account:open", roles=(Role.FACILITATOR, Role.COORDINATOR))
def open_account(actor: Actor) -> None:
    """For a parent with an invitation the portal itself opens it."""


@policy("people:account:see", roles=SIGNED_IN, held=True)
def see_own_account(actor: Actor) -> None:
    """One's own settings."""


@policy("people:looks:own", roles=(Role.PARENT,))
def see_own_looks(actor: Actor) -> None:
    """Who of the team looked at something of this parent; never at anyone else's."""


@policy("people:account:password", roles=SIGNED_IN_OR_UNPROVEN, held=True)
def change_password(actor: Actor, account: Account) -> None:
    """One's own."""
    if account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("people:account:email", roles=SIGNED_IN)
def set_email(actor: Actor, account: Account) -> None:
    """One's own; it waits for the end of a hold: an address opens the account long after the paper."""
    if account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("people:account:freeze", roles=(Role.FACILITATOR, Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR))
def freeze(actor: Actor, account: Account) -> None:
    """A parent's account by whoever accompanies her; a staff account by those who manage staff. Never one's own."""
    if account.person_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    managers = {Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR}
    if account.person.is_staff:
        if not actor.roles & managers:
            raise Refused(Reason.NOT_YOURS)
    elif not accompanies(actor, account.person_id):
        raise Refused(Reason.NOT_YOURS)


@policy("people:account:unfreeze", roles=(Role.FACILITATOR, Role.COORDINATOR, Role.TECHNICAL_ADMINISTRATOR))
def unfreeze(actor: Actor, account: Account) -> None:
    """As shutting it; but a staff account is opened again only by who grants the roles it holds: anybody who manages
    staff may stop a thief at night, and nobody undoes what another one shut for a reason.
    """
    freeze.require(actor, account)
    if account.person.is_staff and not set(held_by(account.person)) <= set(grantable_by(actor)):
        raise Refused(Reason.NOT_YOURS)


@policy("people:new_way_in:issue", roles=(Role.FACILITATOR,))
def issue_new_way_in(actor: Actor, account: Account) -> None:
    """Only for a parent she accompanies; staff get a new invitation instead."""
    if account.person.is_staff or not accompanies(actor, account.person_id):
        raise Refused(Reason.NOT_YOURS)


@policy("people:new_way_in:confirm", roles=(Role.FACILITATOR, Role.COORDINATOR))
def confirm_new_way_in(actor: Actor, way: NewWayIn) -> None:
    """A second member of staff who knows of it; never the one who handed it out."""
    if way.issued_by_id == actor.person_id:
        raise Refused(Reason.OWN_CASE)
    if Role.COORDINATOR not in actor.roles and not accompanies(actor, way.account.person_id):
        raise Refused(Reason.NOT_YOURS)


@policy("people:person:language", roles=(Role.PARENT, Role.FACILITATOR))
def choose_language(actor: Actor, person: Person) -> None:
    """One's own; a facilitator that of a parent she accompanies or stands around, with the parent on the phone."""
    if person.pk == actor.person_id:
        return
    if Role.FACILITATOR not in actor.roles or not (accompanies(actor, person.pk) or stands_around(actor, person.pk)):
        raise Refused(Reason.NOT_YOURS)
