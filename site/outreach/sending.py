"""Hands a sending to its channel. Which channel, and whether at all, was decided by the planner a moment ago."""

from .channels import Permanent, email
from .facts import Facts
from .vocabulary import Channel


def send(channel: Channel, *, to: Facts, message_id: str, code: str = "") -> None:
    """Sends the neutral word by this channel in the person’s language of now; raises `Temporary` or `Permanent`."""
    if channel == Channel.EMAIL:
        email.send(address=to.address, text=email.compose(language=to.language, code=code), message_id=message_id)
    else:
        raise Permanent("no_such_way")
