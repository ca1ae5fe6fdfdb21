"""Passkeys: everyone keeps their own, and nobody's else."""

from people.actor import Actor
from people.models import Account
from people.policy import Refused, policy
from people.vocabulary import Reason

from . import SIGNED_IN


@policy("people:passkey:keep", roles=SIGNED_IN, held=True)
def keep_passkeys(actor: Actor, account: Account) -> None:
    """One's own: see them, take one away."""
    if account.pk != actor.account_id:
        raise Refused(Reason.NOT_YOURS)


@policy("people:passkey:add", roles=SIGNED_IN)
def add_passkey(actor: Actor, account: Account) -> None:
    """One's own; it waits for the end of a hold: who came in by paper might not be the one who stays."""
    if account.pk != actor.account_id:
        raise Refused(Reason.NOT_YOURS)
