"""Sign-ins: everyone ends their own; a facilitator ends those of the parents she accompanies, reading nothing."""

from people.actor import Actor
from people.models import Account, SignIn
from people.policy import Refused, policy
from people.relations import related
from people.vocabulary import Reason, Role

from . import SIGNED_IN, SIGNED_IN_OR_UNPROVEN


def accompanies(actor: Actor, person_id: str) -> bool:
    """Does this facilitator know the parent from a group? Asked of the packages that keep groups."""
    if Role.FACILITATOR not in actor.roles:
        return False
    known = actor.remember("people.accompanies", lambda: related("accompanies", actor.person_id))
    return person_id in known


def stands_around(actor: Actor, person_id: str) -> bool:
    """Did this parent, with an account or not, say yes to this facilitator? Asked of the packages that keep it."""
    if Role.FACILITATOR not in actor.roles:
        return False
    known = actor.remember("people.stands_around", lambda: related("stands around", actor.person_id))
    return person_id in known


@policy("people:session:see", roles=SIGNED_IN, held=True)
def see_own_sessions(actor: Actor) -> None:
    """'Where am I signed in': one's own list, nobody else's."""


@policy("people:session:end", roles=SIGNED_IN_OR_UNPROVEN, held=True)
def end_sessions(actor: Actor, account: Account) -> None:
    """All sign-ins of an account: its owner, or a facilitator who accompanies the parent."""
    if account.person_id != actor.person_id and not (
        not account.person.is_staff and accompanies(actor, account.person_id)
    ):
        raise Refused(Reason.NOT_YOURS)


@policy("people:session:end_one", roles=SIGNED_IN_OR_UNPROVEN, held=True)
def end_sign_in(actor: Actor, sign_in: SignIn) -> None:
    """One's own."""
    if sign_in.account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("people:session:end_everyones", roles=())
def end_everyones_sessions(actor: Actor) -> None:
    """The portal itself, after a backup came back."""


@policy("people:session:own_phone", roles=SIGNED_IN, held=True)
def change_own_phone(actor: Actor, sign_in: SignIn) -> None:
    """One's own."""
    if sign_in.account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)


@policy("people:pin:set", roles=SIGNED_IN, held=True)
def set_pin(actor: Actor, account: Account) -> None:
    """One's own."""
    if account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)
