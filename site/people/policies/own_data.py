"""Taking along and erasing what is one's own. Only the person herself, never on a way in that was handed out."""

from people.actor import Actor
from people.models import Account
from people.policy import Refused, policy
from people.vocabulary import Reason, Role


@policy("people:own_data:see", roles=(Role.PARENT,), held=True)
def see_own_data(actor: Actor) -> None:
    """The page that says what can be taken along and deleted; it shows nothing of either."""


@policy("people:own_data:take", roles=(Role.PARENT,))
def take_own_data(actor: Actor, account: Account) -> None:
    """One's own only; it waits for the end of a hold, as the other groups do."""
    _own(actor, account)


@policy("people:account:erase", roles=(Role.PARENT,))
def erase_account(actor: Actor, account: Account) -> None:
    """One's own only; it waits for the end of a hold: whoever was handed a way in may not be who it is for."""
    _own(actor, account)


@policy("people:account:erase_again", roles=())
def erase_again(actor: Actor) -> None:
    """The portal itself, after a backup came back."""


def _own(actor: Actor, account: Account) -> None:
    if account.person_id != actor.person_id:
        raise Refused(Reason.NOT_YOURS)
