"""The one rule of the roof: the desk of staff."""

from people.actor import Actor
from people.policy import policy
from people.vocabulary import GRANTED_ROLES


@policy("portal:desk:see", roles=GRANTED_ROLES)
def see_desk(actor: Actor):
    """Every member of staff with the second factor; what stands there follows from their roles."""
