"""Hands a sending to its channel. Which channel, and whether at all, was decided by the planner a moment ago."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .channels import Permanent, email
from .facts import Facts
from .vocabulary import Channel

Sender = Callable[..., None]
_INSTEAD: ContextVar[Sender | None] = ContextVar("instead_of_sending", default=None)


def send(channel: Channel, *, to: Facts, message_id: str, code: str = "") -> None:
    """Sends the neutral word by this channel in the person’s language of now; raises `Temporary` or `Permanent`."""
    instead = _INSTEAD.get()
    if instead is not None:
        instead(channel, to=to, message_id=message_id)
    elif channel == Channel.EMAIL:
        email.send(address=to.address, text=email.compose(language=to.language, code=code), message_id=message_id)
    else:
        raise Permanent("no_such_way")


@contextmanager
def instead_of_sending(sender: Sender) -> Iterator[None]:
    """While a story is played, nothing leaves: `sender` gets what would have been sent, and may fail as a way does."""
    token = _INSTEAD.set(sender)
    try:
        yield
    finally:
        _INSTEAD.reset(token)
